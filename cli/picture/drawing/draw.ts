import type { Graph } from '../graph/graph';
import { arrange } from '../layout/arrange';
import type { Heading } from './heading';
import { svgOf } from './svg';

/** A graph as SVG. */
export const draw = async (graph: Graph, heading: Heading): Promise<string> =>
  svgOf(graph, await arrange(graph), heading);
