import { describe as text } from '../../../checker/causes';
import { Problems } from '../../../checker/problems';
import { development } from '../../../lib/environments/development';
import { production } from '../../../lib/environments/production';
import { staging } from '../../../lib/environments/staging';
import { parseEnvironments, select } from '../../../rules/environments';
import { change } from '../../support';

/** What is wrong with environments, as it is printed; empty if nothing is. */
function problemsOf(...inputs: unknown[]): string[] {
  try {
    parseEnvironments(inputs);
  } catch (error) {
    if (error instanceof Problems) return error.problems.map((problem) => text(problem).trim());
    throw error;
  }
  return [];
}

test('the three environments are fine', () => {
  expect(problemsOf(development, staging, production)).toEqual([]);
});

const REFUSED: [environment: object, key: string, value: unknown][] = [
  [production, 'colour', 'red'],
  [production, 'web.replica', 3],
  [production, 'kind', 'cloud'],
  [production, 'name', 'Production!'],
  [production, 'host', undefined],
  [production, 'host', 'coped_example.org'],
  [production, 'host', 'coped'],
  [development, 'host', 'coped.example.org'],
  [production, 'images.django', 'registry.example.org/coped/django'],
  [production, 'images.django', 'registry.example.org/coped/django:latest'],
  [production, 'images.postgres', 'docker.io/library/postgres:17-trixie'],
  [production, 'images.postgres', 'Postgres 17'],
  [production, 'postgres.storage', 'large'],
  [production, 'postgres.storage', '50G'],
  [production, 'elasticsearch.cpu', 'two'],
  [production, 'elasticsearch.nodes', 2],
  [production, 'web.replicas', 0],
  [production, 'web.replicas', 'many'],
  [production, 'web.replicas', { min: 4, max: 2 }],
  [production, 'web.workers', 99],
  [production, 'web.workers', 1.5],
  [production, 'web.resources', { cpu: '1', memory: '2Gi', memoryLimit: '1Gi' }],
  [production, 'secrets', { source: 'fake' }],
  [production, 'django.debug', true],
  [production, 'django.reload', true],
  [production, 'django.databaseOnStart', 'flush-and-migrate'],
  [production, 'keepData', false],
  [production, 'resilient', false],
  [production, 'web.nodePort', { port: 30800, clients: ['10.0.0.0/8'] }],
  [development, 'web.nodePort.clients', []],
  [development, 'certificates', { source: 'existing' }],
  [development, 'backup', { storage: '1Gi' }],
  [production, 'backup.schedule', 'nightly'],
  [production, 'postgres.maxConnections', 181],
  [production, 'postgres.maxConnections', 400],
  [production, 'elasticsearch.memory', '1Gi'],
  [production, 'dashboards.serviceAnnotations', {}],
  [production, 'dashboards.cellTimeout', 900],
  [production, 'host', 'web.coped-production.svc.cluster.local'],
  [production, 'host', `${'long'.repeat(16)}.example.org`],
  [production, 'name', 'local'],
  [production, 'name', 'p'.repeat(58)],
  [staging, 'shapeOf', 'prodction'],
  [staging, 'shapeOf', 'development'],
  [staging, 'shapeOf', 'staging'],
  [production, 'contexts', ['coped\u200b-production']],
  [production, 'contexts', ['coped\u0007']],
  [production, 'images.django', 'registry.example.org:99999/coped/django:1.0.0'],
  [production, 'images.postgres', 'postgres:17'],
  [production, 'ingress.controller.labels', { app: 'not a label' }],
  [production, 'ingress.controller.labels', { 'not a name': 'x' }],
  [production, 'ingress.annotations', { a: 'x\0y' }],
  [production, 'ingress.annotations', { a: `${'word '.repeat(52429)}` }],
  [development, 'web.nodePort.port', 30080],
  [production, 'django.trustedProxies', ['0.0.0.0/0']],
  [production, 'dashboards.resources', { memory: '1Mi', memoryLimit: '1Mi' }],
];

test('what is refused, with its place, its value and what to do', () => {
  const refused = REFUSED.map(([environment, key, value]) => problemsOf(change(environment, key, value)));
  expect(refused.filter(({ length }) => length !== 1)).toEqual([]);
  expect(`\n${refused.flat().join('\n')}\n`).toMatchSnapshot();
});

test('several dashboards are fine when either place keeps a browser with its pod', () => {
  const byIngress = change(change(production, 'dashboards.serviceAnnotations', {}), 'ingress', {
    annotations: { 'haproxy.org/cookie-persistence': 'dashboards' },
  });
  expect(problemsOf(byIngress)).toEqual([]);
});

test('every problem of every environment is reported at once', () => {
  const broken = change(change(production, 'web.replicas', 0), 'colour', 'red');
  const places = [/^staging: host/, /^production: web.replicas/, /^production: colour/];
  expect(problemsOf(change(staging, 'host', 'x y'), broken)).toEqual(places.map(expect.stringMatching));
});

test('refuses one host, and one port of a node, in two environments', () => {
  expect(problemsOf(production, { ...production, name: 'second' })).toEqual([
    expect.stringMatching(/^second: host: .* is the host of production/),
  ]);
  expect(problemsOf(development, { ...development, name: 'second' })).toEqual([
    expect.stringMatching(/^second: web.nodePort.port: .* is the port of web.nodePort of development/),
  ]);
});

test('refuses two environments of one name, and one without a name', () => {
  expect(problemsOf(staging, staging)).toEqual([
    expect.stringContaining('name: "staging" is the name of two environments'),
  ]);
  expect(problemsOf({})[0]).toMatch(/^an environment without a name: /);
});

test('select gives everything, or what is named; a name that is not known is refused', () => {
  const all = [{ name: 'staging' }, { name: 'production' }];
  expect(select(all, [])).toEqual(all);
  expect(select(all, ['production'])).toEqual([{ name: 'production' }]);
  expect(() => select(all, ['prod'])).toThrow(
    /"prod" is not an environment[\s\S]*Choose from staging, production/,
  );
});
