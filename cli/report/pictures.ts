import { type Drawing, drawing } from '../picture/drawing/svg';
import { headingOf } from '../picture/drawing/words';
import { graphOf } from '../picture/graph';
import { neighbours } from '../picture/graph/reach';
import type { Seen } from './seen';

/** A picture of each environment, by its name: the same as in docs/, from the objects that the page shows. */
export const picturesOf = async (seen: readonly Seen[]): Promise<Pictures> =>
  new Map(await Promise.all(seen.map(async (one) => [one.name, await pictureOf(one)] as const)));

export type Pictures = ReadonlyMap<string, Drawing>;

async function pictureOf({ name, subject: { manifests, outsiders } }: Seen): Promise<Drawing> {
  const graph = graphOf(name, manifests, neighbours(outsiders, manifests));
  return drawing(graph, headingOf(graph));
}
