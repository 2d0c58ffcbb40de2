import { firstChange } from '../../immutable/change';
import type { Field } from '../../immutable/field';
import type { Manifest } from '../../manifests/manifest';
import { dig, identity, nameOf } from '../../manifests/workloads';
import { type Findings, rule } from '../../rule';

export const immutable = rule({
  id: 'immutable',
  what: 'A change that Kubernetes refuses.',
  why: 'Some fields are fixed when an object is created: the deploy would stop half-way, and deleting the object to continue may delete data.',
  remedy:
    'Keep what was released. If it has to change, prepare the cluster as the finding says, and add an exception for this value to rules/exceptions.ts.',
  link: 'https://kubernetes.io/docs/concepts/workloads/management/#disruptive-updates',
  needs: ['committed'],
  find: ({ manifests, committed }) => {
    const before = new Map(committed.map((manifest) => [identity(manifest), manifest]));
    return manifests.map((now) => {
      const old = before.get(identity(now));
      // What is written in the same way is the very same object.
      if (old === undefined || old === now) return undefined;
      // The table is loaded only when something has changed: most runs need none.
      const { fieldsOf } = require('../../immutable/fields') as typeof import('../../immutable/fields');
      return fieldsOf(old, now).map((field) => refusal(field, old, now));
    });
  },
});

function refusal(field: Field, before: Manifest, after: Manifest): Findings {
  const { path, of = (manifest) => dig(manifest, path), fixed, answer, stake, way, secret } = field;
  if (fixed && !fixed(before, after)) return undefined;
  const [owner, name] = ['', ...path.split('.')].slice(-2);
  const change = firstChange(of(before), of(after), path, name, owner);
  if (!change) return undefined;
  const old = change.before === undefined ? undefined : JSON.stringify(change.before);
  const was = old === undefined ? 'was not there' : `was ${secret ? 'something else' : old}`;
  const now = change.after === undefined ? ' and is gone' : '';
  const reply = answer ? `Kubernetes refuses that ("${answer}")` : `Kubernetes accepts that and keeps ${old}`;
  return {
    where: `${nameOf(after)} ${change.path}`,
    ...(!secret && { value: change.after }),
    wrong: `${was} as committed${now}: ${reply}; at stake: ${stake}`,
    remedy: `Keep ${secret || old === undefined ? 'it as it was' : old}. If it has to change, ${way(before)}; and add an exception to rules/exceptions.ts`,
  };
}
