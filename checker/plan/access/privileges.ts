import type { ObjectOf } from '../../manifests/kubernetes';
import type { Manifest } from '../../manifests/manifest';
import { references } from '../../manifests/references';
import { nameOf, ofKind, workloads } from '../../manifests/workloads';
import { hardening, podSecurity } from '../../rules/security/hardening';
import { compareFacts, entriesOf, type Fact } from '../facts';
import type { Section } from '../section';
import { count, withoutHash } from '../wording';

/** Who may do or read more than before, or less. */
export const privileges: Section = {
  title: 'Privileges',
  explanation:
    'What pods may do on their node, which Secrets they can read, and what they may do in the cluster. Review every gain.',
  entries: ({ environment, committed, applied }) => {
    const facts = (objects: readonly Manifest[]) => privilegesOf(environment, objects);
    const { gained, lost } = compareFacts(facts(committed), facts(applied));
    return [...entriesOf(gained, 'gains', true), ...entriesOf(lost, 'loses')];
  },
  summary: (entries) => {
    const gaining = entries.filter(({ danger }) => danger).length;
    if (entries.length === 0) return 'privileges unchanged';
    return gaining > 0 ? `${count(gaining, 'object')} with more privileges` : 'fewer privileges';
  },
};

const privilegesOf = (environment: string, manifests: readonly Manifest[]): Fact[] =>
  all(environment, manifests).map(([about, what]) => [withoutHash(about), what]);

const all = (environment: string, manifests: readonly Manifest[]): Fact[] => [
  // What a hardened pod would not be: exactly what these rules find.
  ...[podSecurity, hardening]
    .flatMap((rule) => rule.find({ environment, manifests }))
    .map(({ where, value, wrong }): Fact => {
      const [about = where, ...path] = where.split(' ');
      return [about, `${path.join(' ')}: ${JSON.stringify(value) ?? 'not set'}, which ${wrong}`];
    }),
  ...workloads(manifests)
    .filter(({ pod }) => pod.automountServiceAccountToken !== false)
    .map(
      ({ name }): Fact => [name, 'gets a token for the Kubernetes API, unless its ServiceAccount refuses it'],
    ),
  ...readers(manifests),
  ...ofKind(manifests, 'Namespace').flatMap(({ metadata }) =>
    admits(metadata.labels?.['pod-security.kubernetes.io/enforce']).map(
      (what): Fact => [`Namespace/${metadata.name}`, what],
    ),
  ),
  ...['Role', 'ClusterRole'].flatMap((kind) => ofKind(manifests, kind)).flatMap(rights),
  ...['RoleBinding', 'ClusterRoleBinding'].flatMap((kind) => ofKind(manifests, kind)).flatMap(grants),
  ...ofKind(manifests, 'ServiceAccount').flatMap((account): Fact[] =>
    account['automountServiceAccountToken'] === false
      ? []
      : [[nameOf(account), 'gives its pods a token for the Kubernetes API, unless they refuse it']],
  ),
];

/** Which pods read which Secrets, or act as the ServiceAccount of others. */
function readers(manifests: readonly Manifest[]): Fact[] {
  const run = new Set(workloads(manifests).map(({ manifest }) => manifest));
  return references(manifests)
    .filter(({ from }) => run.has(from))
    .flatMap(({ from, kind, name, key }): Fact[] => {
      if (kind === 'Secret') return [[nameOf(from), `reads Secret/${name}${key ? `, key ${key}` : ''}`]];
      // An account of the same name is the usual one.
      const own = kind !== 'ServiceAccount' || name === withoutHash(from.metadata.name);
      return own ? [] : [[nameOf(from), `acts as ServiceAccount/${name}`]];
    });
}

/** A namespace without the label admits everything. */
const admits = (level = 'privileged'): string[] => [
  ...(level === 'restricted' ? [] : ['admits pods that are not hardened']),
  ...(level === 'restricted' || level === 'baseline' ? [] : ['admits pods that can take over their node']),
];

const rights = (role: ObjectOf<'Role'>): Fact[] =>
  (role.rules ?? []).map(
    ({ verbs = [], resources, nonResourceURLs = [] }): Fact => [
      nameOf(role),
      `allows ${verbs.join(', ')} on ${(resources ?? nonResourceURLs).join(', ')}`,
    ],
  );

const grants = (binding: ObjectOf<'RoleBinding'>): Fact[] =>
  (binding.subjects ?? []).map(
    ({ kind, name, namespace }): Fact => [
      nameOf(binding),
      `gives ${kind}/${name}${namespace ? ` of ${namespace}` : ''} the permissions of ${binding.roleRef?.kind}/${binding.roleRef?.name}`,
    ],
  );
