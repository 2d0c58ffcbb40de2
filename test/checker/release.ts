import { coped } from '../../lib/coped';
import type { Environment } from '../../lib/environments/environment';
import { filesOf } from '../../lib/output/files';
import { parseEnvironments } from '../../rules/environments';
import type { CopedSubject } from '../../rules/rule';
import { subjectOf } from '../../rules/subject';
import type { Manifest } from '../manifest';
import { change as changeSetting, named } from '../support';
import { type Change, changed } from './cases/change';

/** A subject that is compared with something. */
export type Compared = Omit<CopedSubject, 'manifests'> & {
  readonly manifests: readonly Manifest[];
  readonly committed: readonly Manifest[];
};

/** An environment as written, and the same one with other settings, `{ 'web.replicas': 2 }`, and other objects. */
export function release(
  name: string,
  settings: Readonly<Record<string, unknown>> = {},
  objects: Change = {},
): Compared {
  const before = named(name);
  const after = Object.entries(settings).reduce<object>(
    (value, [path, to]) => changeSetting(value, path, to),
    before,
  );
  const [committed, { environment, manifests }] = [synthesized(before), synthesized(after)];
  return { ...subjectOf(environment, changed(manifests, objects), []), committed: committed.manifests };
}

/** What was asked for before, with the objects as JSON: tests change them. */
const known = new WeakMap<object, { readonly environment: Environment; readonly json: string }>();

function synthesized(input: object) {
  const { environment, json } = known.get(input) ?? made(input);
  known.set(input, { environment, json });
  return { environment, manifests: JSON.parse(json) as Manifest[] };
}

function made(input: object) {
  const [environment] = parseEnvironments([input]);
  if (!environment) throw new Error('no environment');
  const json = JSON.stringify(filesOf(coped(environment)).flatMap(({ manifests }) => manifests));
  return { environment, json };
}
