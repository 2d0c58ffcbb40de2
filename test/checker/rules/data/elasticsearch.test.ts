import type { Json } from '../../../../checker/manifests/manifest';
import { elasticsearch } from '../../../../checker/rules/data/elasticsearch';
import { manifestsOf, named } from '../../../support';
import { found, good } from '../../fixture';

/** What the rule finds in an environment after a change to one object. */
function after(name: string, change: (object: Json) => void, environment = 'production') {
  const manifests = structuredClone(manifestsOf(named(environment)));
  change(manifests.find(({ kind, metadata }) => `${kind}/${metadata.name}` === name));
  return found(elasticsearch, { ...good(), manifests }).map(([where, value, wrong]) => [
    where.replace(/^.*(containers|initContainers)\[/, ''),
    value,
    wrong,
  ]);
}

const FILE = 'ConfigMap/elasticsearch data[elasticsearch.yml]';
const told = (from: string, to: string, environment?: string) =>
  after(
    'ConfigMap/elasticsearch',
    ({ data }) => {
      expect(data['elasticsearch.yml']).toContain(from);
      data['elasticsearch.yml'] = data['elasticsearch.yml'].replace(from, to);
    },
    environment,
  );

test.each(['development', 'staging', 'production'])('finds nothing in %s', (environment) => {
  expect(told('', '', environment)).toEqual([]);
});

test.each([
  ['http.port: 9200', 'http.port: 9201', 9200],
  ['transport.port: 9300', 'transport.port: 9400', 9300],
  ['readiness.port: 8080', 'readiness.port: 8081', 8080],
  ['readiness.port: 8080', '', 8080],
])('finds a port that the file does not open any more: %s → %s', (from, to, port) => {
  const wrong = 'is declared by StatefulSet/elasticsearch, and this file opens it nowhere';
  expect(told(from, to)).toEqual([[FILE, port, wrong]]);
});

test('knows what is opened without a word', () => {
  expect(told('http.port: 9200', '')).toEqual([]);
});

test.each([
  ['network.host: 0.0.0.0', 'network.host: 127.0.0.1', 'network.host: 127.0.0.1'],
  ['network.host: 0.0.0.0', 'http.host: 0.0.0.0', 'network.host: _local_'],
  ['network.host: 0.0.0.0', 'network.host: 0.0.0.0\nhttp.host: "localhost"', 'http.host: localhost'],
])('finds a server that no other pod reaches: %s → %s', (from, to, value) => {
  expect(told(from, to)).toEqual([[FILE, value, 'is an address that no other pod reaches']]);
});

test('finds clients that speak encrypted to a server that does not', () => {
  const wrong = 'is spoken to encrypted, and answers in the clear';
  const findings = told('xpack.security.http.ssl.enabled: true', 'xpack.security.http.ssl.enabled: false');
  expect(findings).toContainEqual(['bootstrap].env[ELASTICSEARCH_URL]', 'https://elasticsearch:9200', wrong]);
  expect(findings).toContainEqual(['web].env[ELASTIC_HOSTNAME]', 'elasticsearch', wrong]);
  expect(findings.every(([, , text]) => text === wrong)).toBe(true);
  expect(told('xpack.security.http.ssl.enabled: true', '')).toEqual(findings);
});

test('finds clients that speak in the clear to a server that answers encrypted', () => {
  const wrong = 'is spoken to in the clear, and answers encrypted only';
  const on = '\nxpack.security.http.ssl.enabled: true';
  expect(told('http.port: 9200', `http.port: 9200${on}`, 'development')).toContainEqual([
    'bootstrap].env[ELASTICSEARCH_URL]',
    'http://elasticsearch:9200',
    wrong,
  ]);
  const django = after('ConfigMap/django', ({ data }) => {
    delete data.ELASTIC_CA_FILE;
  });
  expect(django).toContainEqual(['web].env[ELASTIC_HOSTNAME]', 'elasticsearch', wrong]);
});

test.each([false, undefined])('finds nodes that cannot see each other: %s', (value) => {
  const findings = after('Service/elasticsearch-nodes', ({ spec }) => {
    spec.publishNotReadyAddresses = value;
  });
  expect(findings).toEqual([
    [
      'Service/elasticsearch-nodes spec.publishNotReadyAddresses',
      value,
      'hides nodes that are not ready, and they are ready only when they have found each other',
    ],
  ]);
});

test('lets a single node look for nobody', () => {
  const change = ({ spec }: Json) => {
    delete spec.publishNotReadyAddresses;
  };
  expect(after('Service/elasticsearch-nodes', change, 'development')).toEqual([]);
});

test.each([
  ['elasticsearch-nodes', 'production'],
  ['elasticsearch-nodes', 'development'],
  ['elasticsearch-0.elasticsearch-nodes', 'production'],
])('finds clients that are sent to %s in %s', (host, environment) => {
  const change = ({ data }: Json) => {
    data.ELASTIC_HOSTNAME = host;
  };
  expect(after('ConfigMap/django', change, environment)).toContainEqual([
    'web].env[ELASTIC_HOSTNAME]',
    host,
    'gives names to the nodes: it leads to those that are not ready as well',
  ]);
});
