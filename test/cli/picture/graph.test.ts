import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { descriptionOf } from '../../../cli/picture/drawing/words';
import { graphOf } from '../../../cli/picture/graph';
import type { Graph } from '../../../cli/picture/graph/graph';
import { neighbours } from '../../../cli/picture/graph/reach';
import { environments } from '../../../lib/environments';
import { flows } from '../../../lib/network/flows';
import { exampleOutsiders } from '../../../lib/network/outsiders';
import { parseEnvironments } from '../../../rules/environments';
import type { Manifest } from '../../manifest';
import { find, manifestsOf, named } from '../../support';

// docs/pictures pins what the environments look like; here is what their own objects do not show.

const parsed = parseEnvironments(environments);

const pictureOf = (name: string, manifests: readonly Manifest[]): Graph => {
  const environment = parsed.find((one) => one.name === name);
  return graphOf(name, manifests, neighbours(environment ? exampleOutsiders(environment) : {}, manifests));
};

// Computed twice: the picture does not know the table, only the policies that were made from it.
test.each(environments.map(({ name }) => name))('%s shows the flow table, and nothing else', (name) => {
  const graph = pictureOf(name, manifestsOf(named(name)));
  const present = new Set(graph.parties.map(({ id }) => id));
  const wanted = flows
    .flatMap(({ from, to, port }) => from.map((one) => ({ from: one, to, port })))
    .filter(({ from, to }) => from !== to && present.has(from) && present.has(to))
    .map(({ from, to, port }) => `${from} -> ${to} ${port}`);
  const drawn = graph.links
    .filter(({ from }) => from !== 'browsers')
    .map(({ from, to, port }) => `${from} -> ${to} ${port}`);
  expect(drawn.sort()).toEqual(wanted.sort());
  expect(graph.links.filter(({ refused }) => refused)).toEqual([]);
});

interface Change {
  readonly policy: string;
  readonly rules?: readonly object[];
  readonly add?: readonly object[];
}
const changes: Readonly<Record<string, Change>> = parse(
  readFileSync(join(__dirname, 'policies.yaml'), 'utf8'),
);
const sentences = (graph: Graph) => descriptionOf(graph).split(/(?<=\.) /);

test.each(Object.entries(changes))('%s', (_, { policy, rules, add = [] }) => {
  const manifests = structuredClone(manifestsOf(named('production')));
  const { spec } = find(manifests, 'NetworkPolicy', policy);
  const before = sentences(pictureOf('production', manifests));
  spec.ingress = [...(rules ?? spec.ingress), ...add];
  const after = sentences(pictureOf('production', manifests));
  const gone = before.filter((one) => !after.includes(one)).map((one) => `- ${one}`);
  const come = after.filter((one) => !before.includes(one)).map((one) => `+ ${one}`);
  expect([...gone, ...come].join('\n')).toMatchSnapshot();
});

test('without policies, there is one line for each component, and not a hundred', () => {
  const graph = pictureOf(
    'production',
    manifestsOf(named('production')).filter(({ kind }) => kind !== 'NetworkPolicy'),
  );
  const components = graph.parties.filter(({ role }) => role === 'server' || role === 'job');
  expect(graph.links.filter(({ from }) => from === 'any source')).toHaveLength(components.length);
  expect(graph.links.filter(({ to }) => to === 'any destination')).toHaveLength(components.length);
  expect(graph.links).toHaveLength(2 * components.length + 4);
});
