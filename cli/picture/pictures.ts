import type { Manifest } from '../../checker/manifests/manifest';
import { coped } from '../../lib/coped';
import { environments } from '../../lib/environments';
import type { Environment } from '../../lib/environments/environment';
import { exampleOutsiders } from '../../lib/network/outsiders';
import { filesOf } from '../../lib/output/files';
import { environmentNamed } from '../cluster/environment';
import { distAt, environmentAt } from '../dist/committed';
import { draw } from './drawing/svg';
import { headingOf } from './drawing/words';
import { graphOf } from './graph';
import { compare } from './graph/compare';
import type { Graph } from './graph/graph';
import { neighbours } from './graph/reach';

const names = environments.map(({ name }) => name);

/** The pictures of the documentation, and how each is made. */
export const pictures = names.map((name) => ({
  name,
  path: `docs/pictures/${name}.svg`,
  text: async (): Promise<string> => {
    const graph = graphNow(name);
    return draw(graph, headingOf(graph));
  },
}));

/** @throws RefusedError if there is no environment of this name */
export function graphNow(name: string): Graph {
  const environment = environmentNamed({ environments }, name);
  const manifests = manifestsOf(environment);
  return graphOf(name, manifests, neighbours(exampleOutsiders(environment), manifests));
}

/**
 * How an environment of one Git ref differs from that of another, or from the sources as they are now.
 * @throws RefusedError if there is no environment of this name, or no such ref
 */
export function graphBetween(root: string, name: string, from: string, to?: string): Graph {
  const environment = environmentNamed({ environments }, name);
  const before = environmentAt(distAt(root, from), name);
  const after = to === undefined ? manifestsOf(environment) : environmentAt(distAt(root, to), name);
  // Both sides have the same neighbours: one that only the old policies select is shown as removed.
  const known = neighbours(exampleOutsiders(environment), [...before, ...after]);
  return compare(graphOf(name, before, known), graphOf(name, after, known));
}

const manifestsOf = (environment: Environment): Manifest[] =>
  filesOf(coped(environment)).flatMap(({ manifests }) => [...manifests]);
