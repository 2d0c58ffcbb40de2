import type { Manifest } from '../../lib/checks/check';
import { coped } from '../../lib/coped';
import { environments } from '../../lib/environments';
import type { Environment } from '../../lib/environments/environment';
import { parseEnvironments } from '../../lib/environments/parse';
import { filesOf } from '../../lib/files';
import { exampleOutsiders } from '../../lib/network/outsiders';
import { graphOf } from '../../lib/picture';
import { compare } from '../../lib/picture/compare';
import type { Graph } from '../../lib/picture/graph';
import { neighbours } from '../../lib/picture/neighbours';
import { distAt, environmentAt } from '../committed';
import { Unusable } from '../unusable';
import { draw } from './draw';
import { headingOf } from './heading';

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

/** @throws Unusable if there is no environment of this name */
export function graphNow(name: string): Graph {
  const environment = environmentOf(name);
  const manifests = manifestsOf(environment);
  return graphOf(name, manifests, neighbours(exampleOutsiders(environment), manifests));
}

/**
 * How an environment of one Git ref differs from that of another, or from the sources as they are now.
 * @throws Unusable if there is no environment of this name, or no such ref
 */
export function graphBetween(name: string, from: string, to?: string): Graph {
  const environment = environmentOf(name);
  const before = environmentAt(distAt(from), name);
  const after = to === undefined ? manifestsOf(environment) : environmentAt(distAt(to), name);
  // Both sides know the same neighbours: one whom only the old policies name must be missed in the new ones.
  const known = neighbours(exampleOutsiders(environment), [...before, ...after]);
  return compare(graphOf(name, before, known), graphOf(name, after, known));
}

function environmentOf(name: string): Environment {
  const [input] = environments.filter((environment) => environment.name === name);
  const [environment] = input ? parseEnvironments([input]) : [];
  if (!environment) throw new Unusable([`${name}: is not an environment; choose from ${names.join(', ')}`]);
  return environment;
}

const manifestsOf = (environment: Environment): Manifest[] =>
  filesOf(coped(environment)).flatMap(({ manifests }) => [...manifests]);
