import { type Host, hosts } from '../../../checker/analysis/hosts';

const W = 'here';
const found = (name: string | undefined, value: string, beside: Record<string, string> = {}): string[] => {
  const all = Object.entries({ ...beside, ...(name && { [name]: value }) });
  const settings = all.map(([name, value]) => ({ where: `${W} ${name}`, name, value }));
  return hosts({ where: W, name, value }, settings).map(
    ({ host, port, certain }: Host) => `${host}${port === undefined ? '' : `:${port}`}${certain ? '' : '?'}`,
  );
};

test.each([
  ['http://elasticsearch:9200', 'elasticsearch:9200'],
  ['https://web', 'web:443'],
  ['http://web/path:8/', 'web:80'],
  ['HTTP://web', 'web:80'],
  ['ws://dashboards:8866/api', 'dashboards:8866'],
  ['redis://:$(PASSWORD)@redis', 'redis:6379'],
  ['postgres://$(USER):$(PASSWORD)@postgres/coped', 'postgres:5432'],
  ['postgresql://user:p4ss@postgres:5433/coped?sslmode=require', 'postgres:5433'],
  ['jdbc:postgresql://postgres:5432/coped', 'postgres:5432'],
  ['http://elasticsearch:$PORT', 'elasticsearch'],
  ['tcp://postgres.coped-test.svc', 'postgres.coped-test.svc'],
  ['http://a:1,http://b:2', 'a:1', 'b:2'],
  ["curl 'http://web:8000/livez'", 'web:8000'],
])('finds the hosts of the URL %s', (value, ...expected) => {
  expect(found(undefined, value)).toEqual(expected);
});

test.each([
  's3://bucket/key',
  'file:///etc/passwd',
  'oci://charts/coped',
  'unix:///run/socket',
  'http://$HOST:9200',
  'http://%HOST%',
  'http://elastic$(SUFFIX):9200',
  'http://[::1]:80/',
  'a sentence: with colons, and commas',
  '$(HOST):$(PORT)',
  '*.elasticsearch-nodes',
])('finds no host in %s', (value) => {
  expect(found('URL', value).filter((host) => !host.endsWith('?'))).toEqual([]);
});

test.each([
  ['SQL_HOST', 'SQL_PORT'],
  ['PGHOST', 'PGPORT'],
  ['ELASTIC_HOSTNAME', 'ELASTIC_PORT'],
  ['--db-host', '--db-port'],
  ['redis.host', 'redis.port'],
  ['redisHost', 'redisPort'],
])('%s is a host, and %s its port', (host, port) => {
  expect(found(host, 'db')).toEqual(['db']);
  expect(found(host, '"db",', { [port]: '"5432",' })).toEqual(['db:5432']);
  expect(found(host, 'db', { [port]: '$PORT' })).toEqual(['db']);
  expect(hosts({ where: W, name: host, value: 'db' }, [{ where: 'there', name: port, value: '1' }])).toEqual([
    { where: W, host: 'db', port: 1, portWhere: 'there', certain: true },
  ]);
});

test.each([
  ['DB_HOSTS', 'a, b', 'a', 'b'],
  ['discovery.seed_hosts', '["a", "b"]', 'a', 'b'],
  ['KAFKA_BROKERS', 'kafka-0.kafka:9092,kafka-1.kafka:9092', 'kafka-0.kafka:9092', 'kafka-1.kafka:9092'],
  ['API_URL', 'api:8000/api/', 'api:8000'],
  ['METRICS_ADDR', 'web:9', ''],
  ['DB_HOST', 'db:5433', 'db:5433'],
])('finds the hosts of %s=%s', (name, value, ...expected) => {
  expect(found(name, value)).toEqual(expected.filter(Boolean));
});

// The ? says: an address only if there is a Service of that name.
test.each<[name: string | undefined, value: string, ...expected: string[]]>([
  [undefined, 'postgres', 'postgres?'],
  [undefined, 'postgres:5432', 'postgres:5432?'],
  [undefined, 'server web:8000;', 'web:8000?'],
  ['PGUSER', 'postgres', 'postgres?'],
  ['OPTIONS', '--host=postgres', 'postgres?'],
  [undefined, 'psql -h postgres', ''],
  ['POSTGRES_IMAGE', 'postgres:5432', ''],
  [undefined, 'postgres:17', ''],
  ['BIND_ADDR', 'web:8000', ''],
  ['ALLOWED_HOSTS', 'web', 'web?'],
  ['HOST', 'web', 'web?'],
  ['HOSTNAME', 'web', 'web?'],
  ['DB_HOST', 'the database', ''],
  ['DB_HOST', 'db, or another', ''],
  ['DB_HOST', '/run/postgresql', ''],
  [
    undefined,
    'ask postgres.other.svc or postgres.other.svc.cluster.local:5432',
    'postgres.other.svc',
    'postgres.other.svc.cluster.local:5432',
  ],
])('%s=%s may name %j', (name, value, ...expected) => {
  expect(found(name, value)).toEqual(expected.filter(Boolean));
});

test('throws away what stands before the host: it may be a password', () => {
  expect(JSON.stringify(hosts({ where: W, value: 'amqp://user:hunter2@mq:5672' }, []))).not.toContain(
    'hunter2',
  );
});
