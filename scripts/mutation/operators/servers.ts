import type { Manifest } from '../../../checker/manifests/manifest';
import { at, type Change, remove, replace, set } from '../change';
import { type Operator, onContainers, onObjects } from '../mutant';

const NODES = 'elasticsearch-nodes';
const URL = 'env./^ELASTICSEARCH_URL$/.value';
const TLS = 'xpack.security.http.ssl.enabled';

/** A change of Elasticsearch's file. */
const inFile = (from: string | RegExp, to: string): Change => replace('data[elasticsearch.yml]', from, to);

/** A single node looks for no other. */
const hasSeveralNodes = (object: Manifest): boolean =>
  /discovery.seed_hosts/.test(String(at(object, ['data', 'elasticsearch.yml'])));

/** What servers and those who ask them agree on. */
export const servers: readonly Operator[] = [
  ...onObjects(['ConfigMap'], {
    'lets Elasticsearch listen elsewhere': [
      inFile('http.port: 9200', 'http.port: 9201'),
      inFile('transport.port: 9300', 'transport.port: 9301'),
      inFile('readiness.port: 8080', 'readiness.port: 8081'),
      inFile('network.host: 0.0.0.0', 'network.host: 127.0.0.1'),
      inFile('network.host: 0.0.0.0', 'network.host: _local_'),
    ],
    'switches the encryption of Elasticsearch': [
      inFile(`${TLS}: true`, `${TLS}: false`),
      // Where it has none.
      inFile(new RegExp(`^(?!.*${TLS}).*http.port`, 's'), `${TLS}: true\n$&`),
    ],
  }),
  ...onContainers({
    'speaks to Elasticsearch in another way': set(URL, (url) =>
      String(url).replace(/^https?/, (scheme) => (scheme === 'https' ? 'http' : 'https')),
    ),
  }),
  ...onObjects(['Service'], {
    'hides nodes from each other': [
      set('spec.{publishNotReadyAddresses}', false),
      remove('spec.{publishNotReadyAddresses}'),
    ],
  }).map(({ name, mutants }) => ({
    name,
    mutants: (good: readonly Manifest[]) => (good.some(hasSeveralNodes) ? mutants(good) : []),
  })),
  ...onObjects(['ConfigMap'], {
    'sends Django to the nodes': set('data.{ELASTIC_HOSTNAME}', NODES),
  }),
  ...onContainers({
    'sends a Job to the nodes': replace(URL, '//elasticsearch', `//${NODES}`),
  }),
  ...onObjects(['Service'], {
    'sends a browser to any pod': remove('metadata.annotations'),
  }),
  ...onContainers({
    'stops while requests still come': [
      remove('{lifecycle}'),
      set('{lifecycle}.{preStop}', { exec: { command: ['sleep', '0'] } }),
    ],
  }),
];
