import type { Json } from '../../../../checker/manifests/manifest';
import { addresses } from '../../../../checker/rules/network/addresses';
import { broken, found, good, MAIN, main, withMore, without } from '../../fixture';

/** The good environment, in which web has a variable more. */
const withVariable = (name: string, value: string) =>
  broken('Deployment/web', (web) => {
    main(web).env.push({ name, value });
  });
const judge = (value: string, name = 'API_URL') => found(addresses, withVariable(name, value));
const WHERE = `${MAIN}.env[API_URL]`;
const NOBODY = 'names a Service that does not exist';

test.each([
  'http://web/',
  'http://web:80',
  'https://elasticsearch:9200',
  'http://elasticsearch.coped-test:9200',
  'http://elasticsearch.coped-test.svc:9200',
  'http://elasticsearch.coped-test.svc.cluster.local:9200',
  'postgres://u:p@postgres.coped-test.svc.cluster.local./coped',
  'https://coped.example.org',
  'http://localhost:9999',
  'http://10.0.0.1:9999',
  'http://prometheus.monitoring.svc:9090',
  'http://web.example:81',
  'http://web.other.example:81',
  'http://a.web.coped-test.extra.svc:81',
])('accepts %s', (value) => {
  expect(judge(value)).toEqual([]);
});

test.each([
  ['http://wbe/', 'wbe'],
  ['http://wbe.coped-test.svc/', 'wbe.coped-test.svc'],
  ['http://wbe.coped-test', 'wbe.coped-test'],
])('finds that nobody answers at %s', (value, host) => {
  expect(judge(value)).toEqual([[WHERE, host, NOBODY]]);
  expect(addresses.find(withVariable('X_URL', value))[0]?.remedy).toBe(
    'Use one of: postgres, elasticsearch, web',
  );
});

test('a number is no host', () => {
  expect(judge('0', 'DB_HOST')).toEqual([]);
});

test('finds an address of another environment', () => {
  expect(judge('http://web.coped-other.svc/')).toEqual([
    [WHERE, 'web.coped-other.svc', 'names a Service in a namespace that is not of these manifests'],
  ]);
});

test.each([
  ['the port of the container', 'http://web:8000', 8000, 'web'],
  ['the port of the scheme', 'http://elasticsearch', 80, 'elasticsearch'],
  ['a bare port', 'web:8000', 8000, 'web'],
])('finds %s where the Service has another', (_, value, port, service) => {
  expect(judge(value)).toEqual([[WHERE, port, `is not a port of Service/${service}`]]);
});

test('finds a host in a ConfigMap, and the port beside it', () => {
  const change = (host: string, port: string) =>
    found(
      addresses,
      broken('ConfigMap/web', ({ data }) => {
        Object.assign(data, { SQL_HOST: host, SQL_PORT: port });
      }),
    );
  expect(change('postgres', '5432')).toEqual([]);
  expect(change('postgre', '5432')).toEqual([['ConfigMap/web data[SQL_HOST]', 'postgre', NOBODY]]);
  expect(change('postgres', '5433')).toEqual([
    ['ConfigMap/web data[SQL_PORT]', 5433, 'is not a port of Service/postgres'],
  ]);
});

test.each<[file: string, text: string, wrong: boolean]>([
  ['app.yml', 'discovery.seed_hosts: [elasticsearch, elastic]', true],
  ['app.json', '{\n  "db_host": "elastic",\n}', true],
  ['app.properties', 'db.host = elastic # the database', true],
  ['app.sh', 'curl http://elastic:9200/', true],
  ['app.yml', '# db_host: elastic\n', false],
  ['app.sh', '# see http://elastic:9200/', false],
  ['app.py', 'self.host = elastic', false],
  ['nginx.conf', 'upstream elastic {\n  server elasticsearch:9200;\n}\nproxy_pass http://elastic;', false],
])('reads the file %s: %j', (file, text, wrong) => {
  const subject = broken('ConfigMap/web', ({ data }) => {
    data[file] = text;
  });
  expect(found(addresses, subject)).toEqual(
    wrong ? [[`ConfigMap/web data[${file}]`, 'elastic', NOBODY]] : [],
  );
});

test.each<[words: string[], path: string]>([
  [['serve', '--upstream=http://wbe'], 'command[1]'],
  [['serve', '--db-host=wbe'], 'command[1]'],
  [['psql', '--host', 'wbe'], 'command[2]'],
  [['sh', '-c', '# http://other/\ncurl http://wbe/'], 'command[2]'],
])('reads the command %j', (command, path) => {
  const subject = broken('Deployment/web', (web) => {
    main(web).command = command;
  });
  expect(found(addresses, subject)).toEqual([[`${MAIN}.${path}`, 'wbe', NOBODY]]);
});

test.each(['args', 'readinessProbe.exec.command', 'lifecycle.preStop.exec.command'])('reads %s', (path) => {
  const subject = broken('Deployment/web', (web) => {
    const [last = '', ...steps] = path.split('.').reverse();
    const parent = steps.reverse().reduce((value: Json, step) => {
      value[step] = {};
      return value[step];
    }, main(web));
    parent[last] = ['http://wbe'];
  });
  expect(found(addresses, subject)).toEqual([[`${MAIN}.${path}[0]`, 'wbe', NOBODY]]);
});

test('does not guess the ports of pods that are not here', () => {
  const subject = withMore(['v1', 'Service', 'mq', { spec: { clusterIP: 'None', selector: { app: 'mq' } } }]);
  main(subject.manifests.find(({ kind }) => kind === 'Deployment')).env.push({
    name: 'MQ_URL',
    value: 'amqp://mq:5673',
  });
  expect(found(addresses, subject)).toEqual([]);
});

test('does not ask for the ports of a Service that is an alias of a name elsewhere', () => {
  const subject = withMore(['v1', 'Service', 'mail', { spec: { type: 'ExternalName' } }]);
  main(subject.manifests.find(({ kind }) => kind === 'Deployment')).env.push({
    name: 'MAIL_HOST',
    value: 'mail:2525',
  });
  expect(found(addresses, subject)).toEqual([]);
});

test("knows the names in a pod's own hosts file", () => {
  const subject = withVariable('MAIL_HOST', 'mail');
  const web: Json = subject.manifests.find(({ kind }) => kind === 'Deployment');
  web.spec.template.spec.hostAliases = [{ ip: '10.0.0.1', hostnames: ['mail'] }];
  expect(found(addresses, subject)).toEqual([]);
});

test('without a Service nobody knows who answers', () => {
  const { manifests, ...rest } = withVariable('DB_HOST', 'db');
  const noServices = manifests.filter(({ kind }) => kind !== 'Service');
  expect(found(addresses, { ...rest, manifests: noServices })).toEqual([]);
});

test('finds who was left without an answer when a Service goes', () => {
  const subject = without('Service/elasticsearch');
  main(subject.manifests.find(({ kind }) => kind === 'Deployment')).env.push({
    name: 'ELASTIC_HOST',
    value: 'elasticsearch',
  });
  expect(found(addresses, subject)).toEqual([[`${MAIN}.env[ELASTIC_HOST]`, 'elasticsearch', NOBODY]]);
});

test.each<[string, (container: Json, map: Json) => void]>([
  ['variables', (container) => Object.assign(container, { env: [null, {}, { name: 'A' }, { value: 7 }] })],
  ['arguments', (container) => Object.assign(container, { args: [null, 7], command: 'text' })],
  ['a ConfigMap', (_, map) => Object.assign(map, { data: { a: null, b: 7, 'c.yml': null } })],
])('survives %s that are not what they should be', (_, change) => {
  const subject = good();
  change(
    main(subject.manifests.find(({ kind }) => kind === 'Deployment')),
    subject.manifests.find(({ kind }) => kind === 'ConfigMap'),
  );
  expect(found(addresses, subject)).toEqual([]);
});
