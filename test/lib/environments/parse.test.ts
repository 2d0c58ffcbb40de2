import { Problems } from '../../../checker/problems';
import { development } from '../../../lib/environments/development';
import { production } from '../../../lib/environments/production';
import { staging } from '../../../lib/environments/staging';
import { parseEnvironments, select } from '../../../rules/environments';
import { change } from '../../support';

const problemsOf = (...inputs: unknown[]) => {
  try {
    parseEnvironments(inputs);
  } catch (error) {
    if (error instanceof Problems) return error.problems.map(({ source, ...problem }) => problem);
    throw error;
  }
  return [];
};

test('the three environments are fine', () => {
  expect(problemsOf(development, staging, production)).toEqual([]);
});

type Row = [
  environment: { name: string },
  key: string,
  value: unknown,
  wrong: string,
  where?: string,
  given?: unknown,
];

/** What is refused, and why; where it is reported and with which value, if that is not the key itself. */
const REFUSED: Row[] = [
  [production, 'colour', 'red', 'is not a setting'],
  [production, 'web.replica', 3, 'is not a setting'],
  [production, 'kind', 'cloud', 'is not a kind of environment'],
  [production, 'name', 'Production!', 'is not a Kubernetes name'],
  [production, 'host', 'coped_example.org', 'is not a DNS name'],
  [production, 'host', 'coped', 'is not a public DNS name'],
  [
    production,
    'host',
    'web.coped-production.svc.cluster.local',
    'is a name inside a cluster, which no browser finds',
  ],
  [production, 'host', `${'long'.repeat(16)}.example.org`, 'has more than 63 characters between two dots'],
  [production, 'name', 'local', "is the folder of the laptop's ingress controller in dist"],
  [production, 'name', 'p'.repeat(58), 'is too long for its namespace, coped-<name>'],
  [staging, 'shapeOf', 'prodction', 'is no hosted environment that this one could be a copy of'],
  [staging, 'shapeOf', 'development', 'is no hosted environment that this one could be a copy of'],
  [staging, 'shapeOf', 'staging', 'is this environment itself'],
  [
    production,
    'contexts',
    ['coped\u200b-production'],
    'is not the name of a kubectl context',
    'contexts.0',
    'coped\u200b-production',
  ],
  [
    production,
    'contexts',
    ['coped\u0007'],
    'is not the name of a kubectl context',
    'contexts.0',
    'coped\u0007',
  ],
  [production, 'images.django', 'registry.example.org:99999/coped/django:1.0.0', 'is not an image reference'],
  [production, 'images.postgres', 'postgres:17', 'can change without notice'],
  [
    production,
    'ingress.controller.labels',
    { app: 'not a label' },
    'is not the value of a label',
    'ingress.controller.labels.app',
    'not a label',
  ],
  [
    production,
    'ingress.controller.labels',
    { 'not a name': 'x' },
    'is not the name of a label or annotation',
    'ingress.controller.labels.not a name',
    'x',
  ],
  [
    production,
    'ingress.annotations',
    { a: 'x\0y' },
    'has a NUL character, which nothing reads',
    'ingress.annotations.a',
    'x\0y',
  ],
  [
    production,
    'ingress.annotations',
    { a: 'x'.repeat(256 * 1024) },
    'are longer than the 256 KiB that Kubernetes takes',
  ],
  [
    development,
    'web.nodePort.port',
    30080,
    'is the port of the ingress controller: a node has each of its ports once',
  ],
  [
    production,
    'dashboards.resources',
    { memory: '1Mi', memoryLimit: '1Mi' },
    'leaves no memory for a notebook: Voilà itself needs 256Mi, and one notebook kernelMemory 512Mi',
    'dashboards.resources.memoryLimit',
    '1Mi',
  ],
  [development, 'host', 'coped.example.org', 'is not this machine'],
  [production, 'images.django', 'registry.example.org/coped/django', 'can change without notice'],
  [production, 'images.django', 'registry.example.org/coped/django:latest', 'can change without notice'],
  [production, 'images.postgres', 'docker.io/library/postgres:17-trixie', 'can change without notice'],
  [production, 'images.postgres', 'Postgres 17', 'is not an image reference'],
  [production, 'postgres.storage', 'large', 'is not an amount of bytes'],
  [production, 'postgres.storage', '50G', 'is not an amount of bytes'],
  [production, 'elasticsearch.cpu', 'two', 'is not an amount of CPU'],
  [production, 'elasticsearch.nodes', 2, 'is not a number of nodes that can outvote a lost one'],
  [production, 'web.replicas', 0, 'is below the limit'],
  [production, 'web.replicas', 'many', 'is not a number of replicas'],
  [production, 'web.replicas', { min: 4, max: 2 }, 'has min above max'],
  [production, 'web.workers', 99, 'is above the limit'],
  [production, 'web.workers', 1.5, 'is not a whole number'],
  [
    production,
    'django.debug',
    true,
    'belongs to local environments: here it would show code and settings to everybody',
  ],
  [production, 'django.reload', true, 'belongs to local environments: here it would make code writable'],
  [
    production,
    'django.databaseOnStart',
    'flush-and-migrate',
    "belongs to local environments: here it would change or delete people's data",
  ],
  [
    production,
    'django.trustedProxies',
    ['0.0.0.0/0'],
    'is everybody, who could then write any address into a request',
    'django.trustedProxies.0',
    '0.0.0.0/0',
  ],
  [production, 'keepData', false, 'is always on where people can reach the site'],
  [production, 'resilient', false, 'is always on where people can reach the site'],
  [
    production,
    'web.nodePort',
    { port: 30800, clients: ['10.0.0.0/8'] },
    'belongs to local environments: it goes past the ingress and its TLS',
  ],
  [development, 'web.nodePort.clients', [], 'does not fit: Too small: expected array to have >=1 items'],
  [
    development,
    'certificates',
    { source: 'existing' },
    'belongs to hosted environments: localhost is plain HTTP',
  ],
  [development, 'backup', { storage: '1Gi' }, 'belongs to hosted environments'],
  [production, 'backup.schedule', 'nightly', 'is not a cron expression'],
  [
    production,
    'postgres.maxConnections',
    181,
    'is less than the 182 connections that its clients may open (web 88, api 88, others 6)',
  ],
  [
    production,
    'postgres.maxConnections',
    400,
    'needs up to 2112Mi when every connection sorts, more than resources.memoryLimit 2Gi',
  ],
  [production, 'elasticsearch.memory', '1Gi', 'is too little for Elasticsearch to start'],
  [
    production,
    'dashboards.serviceAnnotations',
    {},
    'would send browsers to pods that do not have their kernel',
    'dashboards.replicas',
    2,
  ],
  [
    production,
    'dashboards.cellTimeout',
    900,
    'is not below cullIdleAfter (600): a kernel would be ended while it works',
  ],
];

test.each(
  REFUSED.map(([environment, ...row]) => ({
    title: `${environment.name} ${row[0]}: ${JSON.stringify(row[1])}`,
    environment,
    row,
  })),
)('refuses $title', ({ environment, row: [key, value, wrong, where = key, given = value] }) => {
  expect(problemsOf(change(environment, key, value))).toEqual([
    expect.objectContaining({ where, value: given, wrong, remedy: expect.stringMatching(/^[A-Z"].{5,}/) }),
  ]);
});

test('refuses fake secrets where people can reach the site', () => {
  const [problem] = problemsOf({ ...production, secrets: { source: 'fake' } });
  expect(problem).toMatchObject({
    environment: 'production',
    where: 'secrets.source',
    wrong: 'is not how a hosted environment gets its secrets',
  });
});

test('several dashboards are fine when either place keeps a browser with its pod', () => {
  const byIngress = change(change(production, 'dashboards.serviceAnnotations', {}), 'ingress', {
    annotations: { 'haproxy.org/cookie-persistence': 'dashboards' },
  });
  expect(problemsOf(byIngress)).toEqual([]);
});

test('refuses a request above its limit', () => {
  const resources = { cpu: '1', memory: '2Gi', memoryLimit: '1Gi' };
  expect(problemsOf(change(production, 'web.resources', resources))).toEqual([
    {
      environment: 'production',
      where: 'web.resources.memory',
      value: '2Gi',
      wrong: 'is above memoryLimit 1Gi',
      remedy: 'Lower memory or raise memoryLimit',
    },
  ]);
});

test('says what is missing', () => {
  const { host, ...withoutHost } = production;
  expect(problemsOf(withoutHost)).toEqual([
    expect.objectContaining({ environment: 'production', where: 'host', wrong: 'is missing' }),
  ]);
});

test('reports every problem of every environment at once, each with environment, key, value, what is wrong and remedy', () => {
  const broken = () =>
    parseEnvironments([
      change(staging, 'host', 'x y'),
      change(change(production, 'web.replicas', 0), 'colour', 'red'),
    ]);
  expect(broken).toThrow(
    `3 problems; nothing was written.

  staging: host: "x y" is not a DNS name.
    Write lower-case letters, digits, dashes and dots, e.g. "coped.example.org".
    File: lib/environments/staging.ts
  production: web.replicas: 0 is below the limit.
    Write a number from 1 to 50.
    File: lib/environments/production.ts
  production: colour: "red" is not a setting.
    Remove it, or see lib/environments/environment.ts for what there is to set.
    File: lib/environments/production.ts
`,
  );
});

test('refuses one host, and one port of a node, in two environments', () => {
  const copy = { ...production, name: 'second' };
  expect(problemsOf(production, copy)).toEqual([
    expect.objectContaining({
      environment: 'second',
      where: 'host',
      wrong: expect.stringMatching(/^is the host of production/),
    }),
  ]);
  expect(problemsOf(development, { ...development, name: 'second' })).toEqual([
    expect.objectContaining({
      where: 'web.nodePort.port',
      wrong: expect.stringMatching(/^is the port of web.nodePort of development/),
    }),
  ]);
});

test('refuses two environments of one name, and one without a name', () => {
  expect(problemsOf(staging, staging)).toEqual([
    expect.objectContaining({ wrong: 'is the name of two environments' }),
  ]);
  expect(problemsOf({})[0]?.environment).toBe('an environment without a name');
});

describe('select', () => {
  const all = [{ name: 'staging' }, { name: 'production' }];

  test('gives everything, or what is named', () => {
    expect(select(all, [])).toEqual(all);
    expect(select(all, ['production'])).toEqual([{ name: 'production' }]);
  });

  test('refuses a name that is not known, and says which are', () => {
    expect(() => select(all, ['prod'])).toThrow(
      /"prod" is not an environment[\s\S]*Choose from staging, production/,
    );
  });
});
