import type { Fact, Fate, Graph, Link, Party } from './graph';

/** Both states in one graph: what is in one of them only has come or gone. */
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
    return link.fate !== 'same' && was?.has(connection) && is?.has(connection)
      ? { ...link, routeOnly: true }
      : link;
  });
}

const connectionOf = ({ from, to, door, refused }: Link): string => [from, to, door, refused].join(' ');

const keyOf = (link: Link): string => `${connectionOf(link)} ${link.via ?? ''}`;

function both(before: Party, after: Party): Party {
  const lines = facts(before.facts, after.facts);
  const moved = before.area !== after.area || lines.some(({ fate }) => fate !== 'same');
  return {
    ...after,
    several: before.several || after.several,
    facts: lines,
    fate: moved ? 'changed' : 'same',
  };
}

const facts = (before: readonly Fact[], after: readonly Fact[]): Fact[] =>
  merged(
    before,
    after,
    ({ key }) => key,
    (old, now) =>
      old.text === now.text ? now : { ...now, text: becomes(old.text, now.text), fate: 'changed' },
  );

/** `a disk of 50Gi`, `a disk of 80Gi` → `a disk of 50Gi → 80Gi`: words that both begin or end with are said once. */
export function becomes(before: string, after: string): string {
  const [old, now] = [before.split(' '), after.split(' ')];
  const most = Math.min(old.length, now.length) - 1;
  let head = 0;
  while (head < most && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const middle = (words: readonly string[]) => words.slice(head, words.length - tail).join(' ');
  return [...now.slice(0, head), middle(old), '→', middle(now), ...now.slice(now.length - tail)].join(' ');
}

/** What is now, in its order; what was before and is no longer stands at the end. */
function merged<T extends { readonly fate: Fate }>(
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
      return was ? join(was, one) : { ...one, fate: 'added' as const };
    }),
    ...before.filter((one) => !now.has(keyOf(one))).map((one) => ({ ...one, fate: 'removed' as const })),
  ];
}

/** Whether two states look the same in a picture. */
export const isUnchanged = ({ parties, links, notes }: Graph): boolean =>
  [...parties, ...links, ...notes].every(({ fate }) => fate === 'same');
