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
const factsOf = ({ parties }: Graph, id: string) =>
  parties.find((party) => party.id === id)?.facts.map(({ text }) => text);
const lines = ({ links }: Graph) =>
  links.map(({ from, to, port, via, refused }) =>
    [from, '->', to, port, via, refused ? 'refused' : ''].filter(Boolean).join(' '),
  );

let production: Manifest[];
beforeAll(() => {
  production = manifestsOf(named('production'));
});
/** Production with the ingress of a network policy changed. */
function withIngress(policy: string, change: (rules: object[]) => object[]): Graph {
  const copy: Manifest[] = structuredClone(production);
  const { spec } = find(copy, 'NetworkPolicy', policy);
  spec.ingress = change(spec.ingress);
  return pictureOf('production', copy);
}

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

test('a component that may not be called has no lines', () => {
  const graph = withIngress('postgres', () => []);
  expect(lines(graph).filter((line) => line.includes('-> postgres'))).toEqual([]);
  expect(factsOf(graph, 'backup')).not.toContain('opens no connections');
  expect(factsOf(graph, 'postgres')).toContain('no connections');
});

test('a route to a closed port is shown as refused', () => {
  expect(lines(withIngress('api', () => []))).toContain('ingress-controller -> api 8000 /api/ refused');
});

test('a new neighbour is shown by the name in its policy', () => {
  const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } };
  const podSelector = { matchLabels: { app: 'prometheus' } };
  const opened = { from: [{ namespaceSelector, podSelector }], ports: [{ port: 8000, protocol: 'TCP' }] };
  const graph = withIngress('web', (rules) => [...rules, opened]);
  const [neighbour] = graph.parties.filter(({ title }) => title === 'monitoring');
  expect(neighbour?.facts.map(({ text }) => text)).toEqual(['pods with app=prometheus']);
  expect(lines(graph)).toContain(`${neighbour?.id} -> web 8000`);
});

test('a port that is open to all peers is one line, and the note that says otherwise is gone', () => {
  const graph = withIngress('web', (rules) => [...rules, { ports: [{ port: 8000, protocol: 'TCP' }] }]);
  expect(lines(graph).filter((line) => line.includes('-> web'))).toEqual([
    'any source -> web 8000',
    'ingress-controller -> web 8000 /',
  ]);
  expect(graph.notes.map(({ key }) => key)).toEqual(['dns']);
});

test('without policies, there is one line for each component, and not a hundred', () => {
  const graph = pictureOf(
    'production',
    production.filter(({ kind }) => kind !== 'NetworkPolicy'),
  );
  const components = graph.parties.filter(({ role }) => role === 'server' || role === 'job');
  expect(lines(graph).filter((line) => line.startsWith('any source'))).toHaveLength(components.length);
  expect(lines(graph).filter((line) => line.includes('-> any destination'))).toHaveLength(components.length);
  expect(graph.links).toHaveLength(2 * components.length + 4);
});
