import type { Change, Fact, Graph, Link, Party } from './graph';

/** Both states in one graph: what is in only one of them was added or removed. */
export const compare = (before: Graph, after: Graph): Graph => ({
  ...after,
  parties: merged(before.parties, after.parties, ({ id }) => id, both),
  links: links(before.links, after.links),
  notes: facts(before.notes, after.notes),
});

/** A connection that had a route before and has another one now was neither opened nor closed. */
function links(before: readonly Link[], after: readonly Link[]): Link[] {
  const [was, is] = [before, after].map((all) => new Set(all.map(connectionOf)));
  return merged(before, after, keyOf, (_, link) => link).map((link) => {
    const connection = connectionOf(link);
    return link.change !== 'same' && was?.has(connection) && is?.has(connection)
      ? { ...link, routeOnly: true }
      : link;
  });
}

const connectionOf = ({ from, to, port, refused }: Link): string => [from, to, port, refused].join(' ');

const keyOf = (link: Link): string => `${connectionOf(link)} ${link.via ?? ''}`;

function both(before: Party, after: Party): Party {
  const lines = facts(before.facts, after.facts);
  const moved = before.area !== after.area || lines.some(({ change }) => change !== 'same');
  return {
    ...after,
    several: before.several || after.several,
    facts: lines,
    change: moved ? 'changed' : 'same',
  };
}

const facts = (before: readonly Fact[], after: readonly Fact[]): Fact[] =>
  merged(
    before,
    after,
    ({ key }) => key,
    (old, now) =>
      old.text === now.text ? now : { ...now, text: `${old.text} → ${now.text}`, change: 'changed' },
  );

/** What is now, in its order; what was removed is at the end. */
function merged<T extends { readonly change: Change }>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (one: T) => string,
  join: (before: T, after: T) => T,
): T[] {
  const old = new Map(before.map((one) => [keyOf(one), one]));
  const now = new Set(after.map(keyOf));
  return [
    ...after.map((one) => {
      const was = old.get(keyOf(one));
      return was ? join(was, one) : { ...one, change: 'added' as const };
    }),
    ...before.filter((one) => !now.has(keyOf(one))).map((one) => ({ ...one, change: 'removed' as const })),
  ];
}

/** Whether two states look the same in a picture. */
export const isUnchanged = ({ parties, links, notes }: Graph): boolean =>
  [...parties, ...links, ...notes].every(({ change }) => change === 'same');
