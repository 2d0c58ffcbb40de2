import { graphOf } from '../../../cli/picture/graph';
import type { Graph } from '../../../cli/picture/graph/graph';
import { neighbours } from '../../../cli/picture/graph/neighbours';
import { environments } from '../../../lib/environments';
import { flows } from '../../../lib/network/flows';
import { exampleOutsiders } from '../../../lib/network/outsiders';
import { parseEnvironments } from '../../../rules/environments';
import type { Manifest } from '../../manifest';
import { find, manifestsOf, named } from '../../support';

const parsed = parseEnvironments(environments);

const pictureOf = (name: string, manifests: readonly Manifest[]): Graph => {
  const environment = parsed.find((one) => one.name === name);
  return graphOf(name, manifests, neighbours(environment ? exampleOutsiders(environment) : {}, manifests));
};
const said = ({ parties }: Graph, id: string) =>
  parties.find((party) => party.id === id)?.facts.map(({ text }) => text);
const lines = ({ links }: Graph) =>
  links.map(({ from, to, door, via, refused }) =>
    [from, '->', to, door, via, refused ? 'refused' : ''].filter(Boolean).join(' '),
  );

let production: Manifest[];
beforeAll(() => {
  production = manifestsOf(named('production'));
});
/** Production with something else; the objects may be changed as one likes. */
const spoiled = (change: (manifests: Manifest[]) => unknown): Graph => {
  const copy: Manifest[] = structuredClone(production);
  change(copy);
  return pictureOf('production', copy);
};

// Two accounts of the same: the picture knows nothing of the table, only of the policies that were made from it.
test.each(environments.map(({ name }) => name))('%s shows the flow table, and nothing else', (name) => {
  const graph = pictureOf(name, manifestsOf(named(name)));
  const present = new Set(graph.parties.map(({ id }) => id));
  const wanted = flows
    .flatMap(({ from, to, port }) => from.map((one) => ({ from: one, to, port })))
    .filter(({ from, to }) => from !== to && present.has(from) && present.has(to))
    .map(({ from, to, port }) => `${from} -> ${to} ${port}`);
  const drawn = graph.links
    .filter(({ from }) => from !== 'browsers')
    .map(({ from, to, door }) => `${from} -> ${to} ${door}`);
  expect(drawn.sort()).toEqual(wanted.sort());
  expect(graph.links.filter(({ refused }) => refused)).toEqual([]);
});

test('says what production is', () => {
  const graph = pictureOf('production', production);
  expect(graph.namespace).toBe('coped-production');
  expect(said(graph, 'web')).toEqual(['Deployment, 3–10 pods']);
  expect(said(graph, 'postgres')).toEqual(['StatefulSet, 1 pod', 'a disk of 50Gi', 'calls nobody']);
  expect(said(graph, 'elasticsearch')).toEqual([
    'StatefulSet, 3 pods',
    '3 disks of 50Gi',
    'pods call each other: 9300',
  ]);
  expect(said(graph, 'backup')).toEqual(['CronJob', 'daily at 02:30 UTC', 'a disk of 50Gi']);
  expect(said(graph, 'migrate')).toEqual(['CronJob', 'started by hand']);
  expect(said(graph, 'ingress-controller')).toEqual([
    'coped.example.org',
    'certificate by letsencrypt',
    'served by traefik',
  ]);
  expect(graph.parties.filter(({ several }) => several).map(({ id }) => id)).toEqual([
    'elasticsearch',
    'web',
    'api',
    'dashboards',
  ]);
  expect(new Set(graph.parties.map(({ area }) => area))).toEqual(
    new Set([undefined, 'edge', 'data', 'web', 'operations']),
  );
  expect(lines(graph)).toContain('ingress-controller -> api 8000 /api/');
  expect(lines(graph)).toContain('browsers -> ingress-controller HTTPS');
  expect(graph.notes.map(({ text }) => text)).toEqual([
    'Every other connection is refused, from and to the internet and the rest of the cluster too.',
    "Not drawn: the cluster's name service (DNS), which everything here may ask, except postgres.",
  ]);
});

test('a laptop is entered through a port of its machine, too', () => {
  const graph = pictureOf('development', manifestsOf(named('development')));
  expect(lines(graph)).toEqual(
    expect.arrayContaining([
      'browsers -> ingress-controller HTTP',
      'browsers -> node-port 30800',
      'node-port -> web 8000',
    ]),
  );
});

test('believes the policies, not the table', () => {
  const graph = spoiled((manifests) => {
    find(manifests, 'NetworkPolicy', 'postgres').spec.ingress = [];
  });
  expect(lines(graph).filter((line) => line.includes('-> postgres'))).toEqual([]);
  expect(said(graph, 'backup')).not.toContain('calls nobody');
  expect(said(graph, 'postgres')).toContain('cut off from everybody');
});

test('a route to a closed door is shown as refused', () => {
  const graph = spoiled((manifests) => {
    find(manifests, 'NetworkPolicy', 'api').spec.ingress = [];
  });
  expect(lines(graph)).toContain('ingress-controller -> api 8000 /api/ refused');
});

test('a new neighbour is shown by the name that the policy gives him', () => {
  const graph = spoiled((manifests) => {
    find(manifests, 'NetworkPolicy', 'web').spec.ingress.push({
      from: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } },
          podSelector: { matchLabels: { app: 'prometheus' } },
        },
      ],
      ports: [{ port: 8000, protocol: 'TCP' }],
    });
  });
  const [neighbour] = graph.parties.filter(({ title }) => title === 'monitoring');
  expect(neighbour?.facts.map(({ text }) => text)).toEqual(['pods with app=prometheus']);
  expect(lines(graph)).toContain(`${neighbour?.id} -> web 8000`);
});

test('a door that is open to untrusted peers is open to anybody, and the note that says otherwise is gone', () => {
  const graph = spoiled((manifests) => {
    find(manifests, 'NetworkPolicy', 'web').spec.ingress.push({ ports: [{ port: 8000, protocol: 'TCP' }] });
  });
  expect(lines(graph).filter((line) => line.includes('-> web'))).toEqual([
    'anybody -> web 8000',
    'ingress-controller -> web 8000 /',
  ]);
  expect(graph.notes.map(({ key }) => key)).toEqual(['dns']);
});

test('without policies, everybody is open to anybody: one line each, and not a hundred', () => {
  const graph = pictureOf(
    'production',
    production.filter(({ kind }) => kind !== 'NetworkPolicy'),
  );
  const components = graph.parties.filter(({ role }) => role === 'server' || role === 'job');
  expect(lines(graph).filter((line) => line.startsWith('anybody'))).toHaveLength(components.length);
  expect(lines(graph).filter((line) => line.includes('-> anywhere'))).toHaveLength(components.length);
  expect(graph.links).toHaveLength(2 * components.length + 4);
});
