import type { Json } from '../../../../checker/manifests/manifest';
import { databaseConnections } from '../../../../checker/rules/software/database-connections';
import { broken, found, main, withMore } from '../../fixture';

const WHERE = 'StatefulSet/postgres spec.template.spec.containers[postgres] max_connections';
const wrong = (clients: number, reserved = 3) =>
  `is less than its clients' ${clients} connections and the ${reserved} that are reserved`;

/** The good environment with these arguments of the server. */
const told = (...args: string[]) =>
  broken('StatefulSet/postgres', (postgres) => {
    main(postgres).args = args;
  });

/** How many connections web needs then: the server is told to accept none. */
function neededBy(change: (container: Json, pod: Json) => void): number {
  const subject = told('-c', 'max_connections=0', '-c', 'superuser_reserved_connections=0');
  const web = subject.manifests.find(({ kind }) => kind === 'Deployment');
  change(main(web), web?.spec.template.spec);
  return Number(/clients' (\d+)/.exec(found(databaseConnections, subject)[0]?.[2] ?? '')?.[1] ?? 0);
}

test('refuses fewer connections than web may open in a rollout at its largest, and those reserved', () => {
  // Four pods of the autoscaler, one that comes and two that go.
  expect(found(databaseConnections, told('-c', 'max_connections=9'))).toEqual([[WHERE, '9', wrong(7)]]);
  expect(found(databaseConnections, told('-c', 'max_connections=10'))).toEqual([]);
  expect(databaseConnections.find(told('-c', 'max_connections=9'))[0]?.remedy).toBe(
    'Use 10 or more; the largest clients are Deployment/web 7',
  );
});

test.each([
  [['-cmax_connections=9']],
  [['--max-connections=9']],
  [['-c', 'max_connections=99', '-c', 'max_connections=9']],
  [['-c', 'max_connections=12', '-c', 'superuser_reserved_connections=6']],
  [['-c', 'max_connections=12', '-c', 'reserved_connections=3']],
])('reads %j', (args) => {
  expect(found(databaseConnections, told(...args))).toHaveLength(1);
});

test("takes PostgreSQL's own hundred where nothing is said", () => {
  const subject = told();
  const web = subject.manifests.find(({ kind }) => kind === 'Deployment');
  main(web).command = ['gunicorn', '--threads=14'];
  expect(found(databaseConnections, subject)).toEqual([[WHERE, '100', wrong(98)]]);
});

test('reads a mounted configuration file, which the arguments overrule', () => {
  const withFile = (...args: string[]) => {
    const data = { 'postgresql.conf': "# of the release\nmax_connections = '9' # few\n" };
    const subject = withMore(['v1', 'ConfigMap', 'postgres-settings', { data }]);
    const postgres = subject.manifests.find(
      ({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === 'postgres',
    );
    main(postgres).args = args;
    const volumes = [{ name: 'settings', configMap: { name: 'postgres-settings' } }];
    Object.assign(postgres?.spec.template.spec, { volumes });
    return found(databaseConnections, subject);
  };
  expect(withFile()).toEqual([[WHERE, '9', wrong(7)]]);
  expect(withFile('-c', 'max_connections=10')).toEqual([]);
});

test.each([
  [['gunicorn', '--workers=2', '--threads=3'], {}, 6],
  [['gunicorn', '-w', '2', '--threads', '3'], {}, 6],
  [['gunicorn', '-w2'], {}, 2],
  [['sh', '-c', 'exec gunicorn site --workers 2 --threads 3'], {}, 6],
  [['gunicorn', '--workers=2', '--workers=4'], {}, 4],
  [['gunicorn'], { WEB_CONCURRENCY: '5' }, 5],
  [['gunicorn', '--workers=2'], { WEB_CONCURRENCY: '5' }, 2],
  [['gunicorn', '--workers=2'], { GUNICORN_CMD_ARGS: '--workers=7 --threads=2' }, 4],
  [['gunicorn'], {}, 1],
  [['python', 'serve.py', '--workers=9'], {}, 1],
])('%j with %j: %d connections of each pod', (command, variables, connections) => {
  const needed = neededBy((container) => {
    container.command = command;
    container.env = Object.entries(variables).map(([name, value]) => ({ name, value }));
  });
  expect(needed).toBe(7 * connections);
});

test.each([
  ['DATABASE_URL', 'postgres://web:word@postgres:5432/coped', 7],
  ['SQL_HOST', 'postgres.coped-test.svc.cluster.local', 7],
  ['SQL_HOST', 'postgres-0.postgres.coped-test', 7],
  ['SQL_HOSTS', 'elsewhere:5432,postgres:5432', 7],
  ['SQL_HOST', 'postgres.example.org', 0],
  ['SQL_USER', 'postgres', 0],
  ['ALLOWED_HOSTS', 'postgres', 0],
])('%s=%s: %d connections', (name, value, connections) => {
  const needed = neededBy((container) => {
    Object.assign(container, { envFrom: [], env: [{ name, value }] });
  });
  expect(needed).toBe(connections);
});

test('counts once what is named twice, containers together, and those that prepare a pod one by one', () => {
  const client = { env: [{ name: 'PGHOST', value: 'postgres' }] };
  expect(neededBy((container) => Object.assign(container, client))).toBe(7);
  expect(neededBy((_, pod) => pod.containers.push({ name: 'metrics', ...client }))).toBe(14);
  expect(
    neededBy((_, pod) => {
      pod.initContainers = [1, 2].map((n) => ({ name: `init-${n}`, ...client }));
    }),
  ).toBe(7);
});

test('counts Jobs and CronJobs', () => {
  const subject = told('-c', 'max_connections=11');
  for (const kind of ['Job', 'CronJob']) {
    main(subject.manifests.find((manifest) => manifest.kind === kind)).env = [
      { name: 'PGHOST', value: 'postgres' },
    ];
  }
  expect(found(databaseConnections, subject)).toEqual([[WHERE, '11', wrong(9)]]);
});
