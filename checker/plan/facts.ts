import { grouped } from '../manifests/grouped';
import type { Entry } from './section';

/** Something that is so, about an object: `Deployment/web`, `reads Secret/django`. */
export type Fact = readonly [about: string, what: string];

/** Which facts are new and which are not true any more. */
export function compareFacts(
  before: readonly Fact[],
  after: readonly Fact[],
): { readonly gained: Fact[]; readonly lost: Fact[] } {
  const [old, now] = [before, after].map((facts) => new Set(facts.map((fact) => fact.join(' '))));
  return {
    gained: after.filter((fact) => !old?.has(fact.join(' '))),
    lost: before.filter((fact) => !now?.has(fact.join(' '))),
  };
}

/** One entry for each object, with its facts below it. */
export function entriesOf(facts: readonly Fact[], what: string, danger = false): Entry[] {
  return [...grouped(facts)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([about, all]) => ({ about, what, danger, details: [...new Set(all)].sort() }));
}
