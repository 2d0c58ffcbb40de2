import type { Json } from '../../../checker/manifests/manifest';
import type { Finding } from '../../../checker/problem';
import { policies } from '../../../checker/rules/network/policies';
import { policyRules } from '../../../checker/rules/network/policy-rules';
import { coped } from '../../../lib/coped';
import { filesOf } from '../../../lib/output/files';
import { parseEnvironments } from '../../../rules/environments';
import { flowTable } from '../../../rules/flow-table';
import { reachability } from '../../../rules/reachability';
import type { CopedSubject } from '../../../rules/rule';
import { subjectOf } from '../../../rules/subject';
import type { Manifest } from '../../manifest';
import { named } from '../../support';

// The environments as they are emitted, for mistakes to be made in them. Only the rules about the network judge them.

export const NAMES = ['development', 'staging', 'production'] as const;
export type Name = (typeof NAMES)[number];

const emitted = Object.fromEntries(
  NAMES.map((name) => {
    const [environment] = parseEnvironments([named(name)]);
    if (!environment) throw new Error(`no environment ${name}`);
    const manifests = filesOf(coped(environment)).flatMap((file) => file.manifests);
    return [name, { environment, json: JSON.stringify(manifests) }];
  }),
);

export type Change = (spec: (policy: string) => Json, manifests: Manifest[]) => void;

/** One of our environments after a change to its objects; `spec` finds the one of a policy. */
export function real(name: Name, change: Change): CopedSubject {
  const { environment, json } = emitted[name] as (typeof emitted)[string];
  const manifests: Manifest[] = JSON.parse(json);
  change(
    (policy) =>
      manifests.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === policy)?.spec,
    manifests,
  );
  return subjectOf(environment, manifests, []);
}

/** What the rules about the network find, as people read it. */
export const found = (subject: CopedSubject): string[] =>
  [policies, policyRules, flowTable, reachability].flatMap((rule) => rule.find(subject)).map(line);

const line = ({ where, value, wrong }: Finding): string => {
  const given = value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
  // Jobs have a hash of what they do in their names.
  return `${where}: ${given} ${wrong}`.replace(/-[0-9a-f]{10}\b/, '');
};

export const isPolicy = ({ kind, metadata }: Manifest, name: string) =>
  kind === 'NetworkPolicy' && metadata.name === name;

/** The pods of a component, as a peer of a policy. */
export const component = (name: string) => ({
  podSelector: { matchLabels: { 'app.kubernetes.io/component': name } },
});
