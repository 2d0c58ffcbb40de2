import type { Finding } from '../../../checker/problem';
import { policies } from '../../../checker/rules/network/policies';
import { policyRules } from '../../../checker/rules/network/policy-rules';
import { flowTable } from '../../../rules/flow-table';
import { reachability } from '../../../rules/reachability';
import type { CopedSubject } from '../../../rules/rule';
import { find } from '../../support';
import { type Compared, release } from '../release';

export const NAMES = ['development', 'staging', 'production'] as const;

/** What the rules about the network find, as text. */
export const found = (subject: CopedSubject): string[] =>
  [policies, policyRules, flowTable, reachability].flatMap((rule) => rule.find(subject)).map(line);

const line = ({ where, value, wrong }: Finding): string => {
  const given = value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
  // Jobs have a hash of what they do in their names.
  return `${where}: ${given} ${wrong}`.replace(/-[0-9a-f]{10}\b/, '');
};

interface Policy {
  ingress?: readonly object[];
  egress?: readonly object[];
}

/** One of our environments after a change to its policies; `spec` finds the one of a component. */
export function real(
  name: (typeof NAMES)[number],
  change: (spec: (policy: string) => Policy) => void,
): Compared {
  const subject = release(name);
  change((policy) => find(subject.manifests, 'NetworkPolicy', policy)['spec']);
  return subject;
}

/** The pods of a component, as a peer of a policy. */
export const component = (name: string) => ({
  podSelector: { matchLabels: { 'app.kubernetes.io/component': name } },
});
