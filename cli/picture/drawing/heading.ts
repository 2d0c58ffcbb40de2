import { isUnchanged } from '../graph/compare';
import type { Fate, Graph } from '../graph/graph';

/** What stands above and below a picture. */
export interface Heading {
  readonly title: string;
  readonly below: string;
  /** What the signs mean. */
  readonly legend: readonly string[];
  /** Colours tell what came and went. */
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

/** What came, went and changed, counted. */
export function summary(graph: Graph): string {
  if (isUnchanged(graph)) return 'nothing that is drawn here';
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

function counted(
  what: string,
  all: readonly { readonly fate: Fate }[],
  words: Partial<Record<Fate, string>>,
): string[] {
  return Object.entries(words).flatMap(([fate, word]) => {
    const number = all.filter((one) => one.fate === fate).length;
    return number === 0 ? [] : [`${number} ${number === 1 ? what : plural(what)} ${word}`];
  });
}

const plural = (what: string): string => what.replace(/^\w+/, '$&s');
