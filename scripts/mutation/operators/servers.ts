import type { ObjectOf } from '../../../checker/manifests/kubernetes';
import type { Json } from '../../../checker/manifests/manifest';
import { drop, type Edit, type Operator, onContainers, onObjects, put } from '../mutant';

const NODES = 'elasticsearch-nodes';
const TLS = 'xpack.security.http.ssl.enabled';

/** An edit of Elasticsearch's file, for each text in it. */
const inFile = (data: Json, changes: readonly (readonly [from: string, to: string])[]): Edit[] =>
  changes
    .filter(([from]) => data?.['elasticsearch.yml']?.includes(from))
    .map(
      ([from, to]) =>
        (o) =>
          put(o, o.data['elasticsearch.yml'].replace(from, to), 'data', 'elasticsearch.yml') &&
          `data: ${from} → ${to}`,
    );

const hidden = onObjects('hides nodes from each other', ['Service'], ({ spec }) =>
  spec.publishNotReadyAddresses
    ? [
        (o) => put(o, false, 'spec', 'publishNotReadyAddresses'),
        (o) => drop(o, 'spec', 'publishNotReadyAddresses'),
      ]
    : [],
);

/** What servers and those who ask them agree on. */
export const servers: readonly Operator[] = [
  onObjects('lets Elasticsearch listen elsewhere', ['ConfigMap'], ({ data }) =>
    inFile(data, [
      ['http.port: 9200', 'http.port: 9201'],
      ['transport.port: 9300', 'transport.port: 9301'],
      ['readiness.port: 8080', 'readiness.port: 8081'],
      ['network.host: 0.0.0.0', 'network.host: 127.0.0.1'],
      ['network.host: 0.0.0.0', 'network.host: _local_'],
    ]),
  ),
  onObjects('switches the encryption of Elasticsearch', ['ConfigMap'], ({ data }) =>
    inFile(
      data,
      data?.['elasticsearch.yml']?.includes(TLS)
        ? [[`${TLS}: true`, `${TLS}: false`]]
        : [['http.port', `${TLS}: true\nhttp.port`]],
    ),
  ),
  onContainers('speaks to Elasticsearch in another way', ({ env = [] }) =>
    env.flatMap(({ name, value }: Json, i: number) =>
      name === 'ELASTICSEARCH_URL'
        ? [
            (c: Json) =>
              put(
                c,
                value.startsWith('https') ? value.replace('https', 'http') : value.replace('http', 'https'),
                'env',
                i,
                'value',
              ),
          ]
        : [],
    ),
  ),
  {
    ...hidden,
    // A single node looks for no other.
    mutants: (good) =>
      good.some(({ data }: ObjectOf<'ConfigMap'>) =>
        data?.['elasticsearch.yml']?.includes('discovery.seed_hosts'),
      )
        ? hidden.mutants(good)
        : [],
  },
  onObjects('sends Django to the nodes', ['ConfigMap'], ({ data }) =>
    data?.ELASTIC_HOSTNAME ? [(o) => put(o, NODES, 'data', 'ELASTIC_HOSTNAME')] : [],
  ),
  onContainers('sends a Job to the nodes', ({ env = [] }) =>
    env.flatMap(({ name, value }: Json, i: number) =>
      name === 'ELASTICSEARCH_URL'
        ? [(c: Json) => put(c, value.replace('//elasticsearch', `//${NODES}`), 'env', i, 'value')]
        : [],
    ),
  ),
  onObjects('sends a browser to any pod', ['Service'], ({ metadata }) =>
    metadata.annotations ? [(o) => drop(o, 'metadata', 'annotations')] : [],
  ),
  onContainers('stops while requests still come', ({ lifecycle }) =>
    lifecycle?.preStop
      ? [
          (c) => drop(c, 'lifecycle'),
          (c) => put(c, { exec: { command: ['sleep', '0'] } }, 'lifecycle', 'preStop'),
        ]
      : [],
  ),
];
