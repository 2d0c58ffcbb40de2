import type { Manifest } from '../../checker/manifests/manifest';
import { componentNames } from '../../lib/components';
import { coped } from '../../lib/coped';
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
  const [environment] = parseEnvironments([production]);
  if (!environment) throw new Error('production is no environment');
  const all = filesOf(coped(environment)).flatMap(({ manifests }) => manifests);
  const own = all.filter((manifest) => !isShared(manifest));
  const copies = Array.from({ length: Math.ceil(count / own.length) }, (_, i) => i);
  const names = new Set<string>([...componentNames, ...own.map(({ metadata }) => metadata.name)]);

  const manifests = [
    ...all.filter(isShared),
    ...copies.flatMap((i) => own.map((manifest): Manifest => renamed(manifest, names, i))),
  ];
  const subject = subjectOf(environment, manifests, manifests);
  const flows = copies.flatMap((i) => (subject.flows ?? []).map((flow): Flow => renamed(flow, names, i)));
  return { ...subject, flows };
}

/** Every text that is one of the names gets a number. */
const renamed = <T>(value: T, names: ReadonlySet<string>, i: number): T =>
  JSON.parse(JSON.stringify(value), (_, part) => (names.has(part) ? `${part}-${i}` : part));
