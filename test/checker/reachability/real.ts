import type { Finding } from '../../../checker/problem';
import { policies } from '../../../checker/rules/network/policies';
import { policyRules } from '../../../checker/rules/network/policy-rules';
import { flowTable } from '../../../rules/flow-table';
import { reachability } from '../../../rules/reachability';
import type { CopedSubject } from '../../../rules/rule';

export const NAMES = ['development', 'staging', 'production'] as const;

/** What the rules about the network find, as text. */
export const found = (subject: CopedSubject): string[] =>
  [policies, policyRules, flowTable, reachability].flatMap((rule) => rule.find(subject)).map(line);

const line = ({ where, value, wrong }: Finding): string => {
  const given = value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
  // Jobs have a hash of what they do in their names.
  return `${where}: ${given} ${wrong}`.replace(/-[0-9a-f]{10}\b/, '');
};
