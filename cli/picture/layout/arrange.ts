import type { Graph } from '../graph/graph';
import { type Box, boxOf } from './box';
import { crossings } from './crossings';
import { type Placed, place } from './graphviz';
import { dotOf, nodeNames, roomFor } from './layout';
import { placeMarks } from './mark-places';
import { placeOf, straightened } from './straighten';

/** Where everything stands. */
export interface Layout {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly placed: Placed;
}

/** Lays a graph out twice: only when it is known who stands where can ports and paths stand in the order of their lines. */
export async function arrange(graph: Graph): Promise<Layout> {
  const first = await layOut(graph);
  const second = await layOut(graph, first.placed);
  return crossings(second.placed.curves) <= crossings(first.placed.curves) ? second : first;
}

async function layOut(graph: Graph, before?: Placed): Promise<Layout> {
  const { parties, links } = graph;
  const xOf = (id: string) => before?.nodes.get(id)?.x ?? 0;
  const boxes = new Map(parties.map((party) => [party.id, boxOf(party, graph, xOf)]));
  const found = await place(dotOf(graph, boxes));
  const names = nodeNames(parties);
  const nodes = new Map(
    parties.flatMap(({ id }) => {
      const middle = found.nodes.get(names.get(id) ?? '');
      return middle ? [[id, middle] as const] : [];
    }),
  );
  const places = new Map(
    [...nodes].flatMap(([id, middle]) => {
      const box = boxes.get(id);
      return box ? [[id, placeOf(box, middle)] as const] : [];
    }),
  );
  const byId = new Map(parties.map((party) => [party.id, party]));
  const curves = placeMarks(
    straightened(links, found.curves, places),
    links.map((link) => roomFor(link, byId)),
    [...places.values()],
  );
  return { boxes, placed: { ...found, nodes, curves } };
}
