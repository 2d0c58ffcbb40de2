import { isUnchanged } from '../graph/compare';
import type { Change, Graph, Link, Party } from '../graph/graph';

/** What is written above and below a picture. */
export interface Heading {
  readonly title: string;
  readonly below: string;
  /** What the signs mean. */
  readonly legend: readonly string[];
  /** Colours show what was added and removed. */
  readonly isDifference: boolean;
}

const LEGEND = [
  'An arrow: may call, at the port in the box. Double frame: several pods. Round: runs to its end, or is outside.',
];

export const headingOf = ({ environment, namespace }: Graph): Heading => ({
  title: `COPED ${environment}`,
  below: `namespace ${namespace}, drawn from its Kubernetes objects and network policies`,
  legend: LEGEND,
  isDifference: false,
});

export const headingBetween = (graph: Graph, from: string, to = 'the sources now'): Heading => ({
  title: `COPED ${graph.environment}: what changes`,
  below: `from ${from} to ${to}: ${summary(graph)}`,
  legend: [...LEGEND, 'Thick, with + or "opened": new. Dashed, with − or "closed": gone. Dotted: changed.'],
  isDifference: true,
});

/** The number of additions, removals and changes. */
export function summary(graph: Graph): string {
  if (isUnchanged(graph)) return 'no visible change';
  const connections = graph.links.filter(({ routeOnly }) => !routeOnly);
  const routes = graph.links.filter(({ routeOnly }) => routeOnly);
  const components = graph.parties.filter(({ role }) => role !== 'outsider');
  return [
    ...counted('connection', connections, { added: 'opened', removed: 'closed' }),
    ...counted('route', routes, { added: 'added', removed: 'removed' }),
    ...counted('component', components, { added: 'added', removed: 'removed', changed: 'changed' }),
    ...counted('note', graph.notes, { added: 'added', removed: 'removed', changed: 'changed' }),
  ].join(', ');
}

const counted = (
  what: string,
  all: readonly { readonly change: Change }[],
  words: Partial<Record<Change, string>>,
): string[] =>
  Object.entries(words).flatMap(([change, word]) => {
    const number = all.filter((one) => one.change === change).length;
    return number === 0 ? [] : [`${number} ${what}${number === 1 ? '' : 's'} ${word}`];
  });

/** What is written in a party's box, a line each; `marked` shows what has changed. */
export const textsOf = (
  { title, facts, change }: Party,
  port: string | undefined,
  marked: (text: string, change: Change) => string,
): string[] => [
  marked(title, change),
  ...(port === undefined ? [] : [/^\d/.test(port) ? `port ${port}` : port]),
  ...facts.map((fact) => marked(fact.text, isNewOrGone(change) ? 'same' : fact.change)),
];

const isNewOrGone = (change: Change): boolean => change === 'added' || change === 'removed';

/** A word for what has changed: Markdown would make a list of a plus or a dash. */
export const worded = (text: string, change: Change): string =>
  change === 'same' ? text : `${change}: ${text}`;

/** What has changed about a connection, in a word. */
function wordOf({ change, refused, routeOnly }: Link): string | undefined {
  if (change === 'added') return routeOnly ? 'new route' : refused ? 'new, refused' : 'opened';
  if (change === 'removed') return routeOnly ? 'route gone' : refused ? 'gone' : 'closed';
  return refused ? 'refused' : undefined;
}

/** The same where a line needs it: with a component, all its lines are added or removed. */
export const labelOf = (link: Link, parties: ReadonlyMap<string, Party>): string | undefined =>
  [link.from, link.to].some((id) => parties.get(id)?.change === link.change && link.change !== 'same')
    ? undefined
    : wordOf(link);

/** One connection in words. */
export function sentence(link: Link): string {
  const { from, to, port, via } = link;
  const word = wordOf(link);
  return `${word ? `${word}: ` : ''}${from} to ${to} at ${port}${via ? `, for ${via}` : ''}`;
}

/** A whole picture in words, for screen readers. */
export const descriptionOf = ({ parties, links, notes }: Graph): string =>
  [
    ...parties.map(({ title, area, facts, change }) => {
      const what = facts.map((fact) => worded(fact.text, fact.change)).join('; ');
      return `${worded(title, change)}${area ? ` (${area})` : ''}${what && `: ${what}`}.`;
    }),
    ...links.map((link) => `${sentence(link)}.`),
    ...notes.map(({ text }) => text),
  ].join(' ');
