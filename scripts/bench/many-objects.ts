import type { Manifest } from '../../checker/manifests/manifest';
import { ofKind } from '../../checker/manifests/workloads';
import type { Subject } from '../../checker/subject';
import { componentNames } from '../../lib/components';
import { coped } from '../../lib/coped';
import { namespaceOf } from '../../lib/environments/environment';
import { production } from '../../lib/environments/production';
import type { Flow } from '../../lib/network/flows';
import { filesOf } from '../../lib/output/files';
import { parseEnvironments } from '../../rules/environments';
import type { CopedSubject } from '../../rules/rule';
import { subjectOf } from '../../rules/subject';

/** Belongs to the namespace, so there is one of it. */
const isShared = ({ kind, metadata }: Manifest): boolean =>
  ['Namespace', 'ResourceQuota', 'LimitRange'].includes(kind) || metadata.name === 'default-deny';

/**
 * Production several times over in one namespace, each copy with names and labels of its own: `web-0`, `web-1` …
 *
 * @param count at least this many objects
 */
export function manyObjects(count: number): CopedSubject {
  const { environment, all } = objectsOfProduction();
  const own = all.filter((manifest) => !isShared(manifest));
  const copies = Array.from({ length: Math.ceil(count / own.length) }, (_, i) => i);
  const secrets = Object.entries(subjectOf(environment, all, all).externalSecrets ?? {});
  const names = new Set<string>([
    ...componentNames,
    ...own.map(({ metadata }) => metadata.name),
    ...ofKind(own, 'Certificate').flatMap(({ spec }) => spec?.secretName ?? []),
    ...secrets.map(([name]) => name),
  ]);

  const manifests = [
    ...all.filter(isShared),
    ...copies.flatMap((i) => own.map((manifest): Manifest => renamed(manifest, names, i))),
  ];
  const subject = subjectOf(environment, manifests, manifests);
  const flows = copies.flatMap((i) => (subject.flows ?? []).map((flow): Flow => renamed(flow, names, i)));
  const externalSecrets = copies.flatMap((i) => renamed(secrets, new Set(secrets.map(([name]) => name)), i));
  return { ...subject, flows, externalSecrets: Object.fromEntries(externalSecrets) };
}

/** Production several times over as a folder of someone else, each copy in a namespace of its own. */
export function manyNamespaces(count: number): Subject {
  const { environment, all } = objectsOfProduction();
  const names = new Set([namespaceOf(environment)]);
  const copies = Array.from({ length: Math.ceil(count / all.length) }, (_, i) => i);
  const manifests = copies.flatMap((i) => all.map((manifest): Manifest => renamed(manifest, names, i)));
  return { environment: 'folder', manifests };
}

function objectsOfProduction() {
  const [environment] = parseEnvironments([production]);
  if (!environment) throw new Error('production is no environment');
  return { environment, all: filesOf(coped(environment)).flatMap(({ manifests }) => manifests) };
}

/** Each of the names gets a number wherever it is a whole word: an address that leads nowhere would take its time as a finding. */
function renamed<T>(value: T, names: ReadonlySet<string>, i: number): T {
  const words = [...names].sort((a, b) => b.length - a.length).join('|');
  const pattern = new RegExp(`(?<![\\w-])(${words})(?![\\w-])`, 'g');
  return JSON.parse(JSON.stringify(value), (_, part) =>
    typeof part === 'string' ? part.replace(pattern, `$1-${i}`) : part,
  );
}
