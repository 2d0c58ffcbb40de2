import { Problems } from '../../../checker/problem';
import { development } from '../../../lib/environments/development';
import { production } from '../../../lib/environments/production';
import { staging } from '../../../lib/environments/staging';
import { parseEnvironments, select } from '../../../rules/environments';
import { change } from '../../support';

const problemsOf = (...inputs: unknown[]) => {
  try {
    parseEnvironments(inputs);
  } catch (error) {
    if (error instanceof Problems) return error.problems;
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
  production: web.replicas: 0 is below the limit.
    Write a number from 1 to 50.
  production: colour: "red" is not a setting.
    Remove it, or find the name that was meant in lib/environments/environment.ts.
`,
  );
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
