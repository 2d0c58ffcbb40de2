import { at, type Change, remove, replace, set } from '../change';
import { type Operator, onContainers, onObjects } from '../mutant';

const NODES = 'elasticsearch-nodes';
const URL = 'env./^ELASTICSEARCH_URL$/.value';
const TLS = 'xpack.security.http.ssl.enabled';

/** A change of Elasticsearch's file. */
const inFile = (from: string | RegExp, to: string): Change => replace('data[elasticsearch.yml]', from, to);

const hidden = onObjects(
  'hides nodes from each other',
  ['Service'],
  set('spec.{publishNotReadyAddresses}', false),
  remove('spec.{publishNotReadyAddresses}'),
);

/** What servers and those who ask them agree on. */
export const servers: readonly Operator[] = [
  onObjects(
    'lets Elasticsearch listen elsewhere',
    ['ConfigMap'],
    inFile('http.port: 9200', 'http.port: 9201'),
    inFile('transport.port: 9300', 'transport.port: 9301'),
    inFile('readiness.port: 8080', 'readiness.port: 8081'),
    inFile('network.host: 0.0.0.0', 'network.host: 127.0.0.1'),
    inFile('network.host: 0.0.0.0', 'network.host: _local_'),
  ),
  onObjects(
    'switches the encryption of Elasticsearch',
    ['ConfigMap'],
    inFile(`${TLS}: true`, `${TLS}: false`),
    // Where it has none.
    inFile(new RegExp(`^(?!.*${TLS}).*http.port`, 's'), `${TLS}: true\n$&`),
  ),
  onContainers(
    'speaks to Elasticsearch in another way',
    set(URL, (url) => String(url).replace(/^https?/, (scheme) => (scheme === 'https' ? 'http' : 'https'))),
  ),
  {
    ...hidden,
    // A single node looks for no other.
    mutants: (good) =>
      good.some((object) => /discovery.seed_hosts/.test(String(at(object, ['data', 'elasticsearch.yml']))))
        ? hidden.mutants(good)
        : [],
  },
  onObjects('sends Django to the nodes', ['ConfigMap'], set('data.{ELASTIC_HOSTNAME}', NODES)),
  onContainers('sends a Job to the nodes', replace(URL, '//elasticsearch', `//${NODES}`)),
  onObjects('sends a browser to any pod', ['Service'], remove('metadata.annotations')),
  onContainers(
    'stops while requests still come',
    remove('{lifecycle}'),
    set('{lifecycle}.{preStop}', { exec: { command: ['sleep', '0'] } }),
  ),
];
