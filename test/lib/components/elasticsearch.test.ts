import {
  Elasticsearch,
  type ElasticsearchConnection,
  type ElasticsearchProps,
} from '../../../lib/components/elasticsearch';
import { find, objectsOf } from '../../support';

const props: Required<ElasticsearchProps> = {
  image: 'elasticsearch:9.5.3',
  nodes: 3,
  founders: 1,
  machines: 2,
  storage: '9Gi',
  storageClass: 'fast',
  cpu: '750m',
  memory: '3Gi',
  allowMmap: true,
  linger: 7,
  keepData: true,
  resilient: true,
  realSecrets: true,
  tlsSecret: 'nodes-tls',
};
const laptop: ElasticsearchProps = {
  ...props,
  nodes: 1,
  founders: undefined,
  machines: undefined,
  allowMmap: false,
  linger: 7,
  keepData: false,
  resilient: false,
  storageClass: undefined,
  tlsSecret: undefined,
};
const make = (given: ElasticsearchProps = props) =>
  objectsOf((scope) => new Elasticsearch(scope, 'elasticsearch', given));
const specOf = (given?: ElasticsearchProps) => find(make(given), 'StatefulSet', 'elasticsearch').spec;
const containerOf = (given?: ElasticsearchProps) => specOf(given).template.spec.containers[0];
const envOf = ({ env }: { env: { name: string; value?: string }[] }) =>
  Object.fromEntries(env.map(({ name, value }) => [name, value]));
const settingsOf = (given?: ElasticsearchProps): string =>
  find(make(given), 'ConfigMap', 'elasticsearch').data['elasticsearch.yml'];

test('every prop arrives', () => {
  const spec = specOf();
  expect(containerOf().image).toBe('elasticsearch:9.5.3');
  expect(spec.replicas).toBe(3);
  expect(spec.volumeClaimTemplates[0].spec).toMatchObject({
    resources: { requests: { storage: '9Gi' } },
    storageClassName: 'fast',
  });
  expect(containerOf().resources).toMatchObject({
    requests: { cpu: '750m', memory: '3Gi' },
    limits: { memory: '3Gi' },
  });
  expect(envOf(containerOf()).ALLOW_MMAP).toBe('true');
  expect(spec.persistentVolumeClaimRetentionPolicy.whenDeleted).toBe('Retain');
  expect(find(make(), 'PodDisruptionBudget', 'elasticsearch').spec.maxUnavailable).toBe(1);
  expect(spec.template.spec.volumes).toContainEqual({
    name: 'certificates',
    secret: { secretName: 'nodes-tls', defaultMode: 0o440 },
  });
});

test('a cluster: nodes find and trust each other, and masters never share a machine', () => {
  const settings = settingsOf();
  expect(settings).toContain('discovery.seed_hosts: [elasticsearch-nodes]');
  expect(settings).toContain('xpack.security.transport.ssl.enabled: true');
  expect(settings).toContain('xpack.security.http.ssl.enabled: true');
  const founders = (given?: ElasticsearchProps) =>
    envOf(specOf(given).template.spec.initContainers[0]).FOUNDERS;
  expect(founders()).toBe('elasticsearch-0');
  expect(founders({ ...props, founders: undefined })).toBe('elasticsearch-0,elasticsearch-1,elasticsearch-2');
  const [spread] = specOf().template.spec.topologySpreadConstraints;
  const strict = { topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'DoNotSchedule' };
  expect(spread).toMatchObject({ ...strict, minDomains: 2 });
  expect(
    specOf({ ...props, machines: undefined }).template.spec.topologySpreadConstraints[0].minDomains,
  ).toBe(3);
  expect(specOf().podManagementPolicy).toBe('Parallel');
  expect(find(make(), 'Service', 'elasticsearch-nodes').spec).toMatchObject({
    clusterIP: 'None',
    publishNotReadyAddresses: true,
  });
});

test('a laptop: one node, plain HTTP, security still on', () => {
  expect(settingsOf(laptop)).toContain('discovery.type: single-node');
  expect(settingsOf(laptop)).toContain('xpack.security.enabled: true');
  expect(settingsOf(laptop)).not.toContain('ssl');
  expect(envOf(containerOf(laptop)).ALLOW_MMAP).toBe('false');
  expect(specOf(laptop).template.spec.topologySpreadConstraints).toBeUndefined();
  expect(specOf(laptop).template.spec.volumes.map(({ name }: { name: string }) => name)).not.toContain(
    'certificates',
  );
});

test('reserves all the memory it may use: the heap is made from the limit', () => {
  const { requests, limits } = containerOf().resources;
  expect(requests.memory).toBe(limits.memory);
});

test('is ready when its readiness port opens, and is never killed for being busy', () => {
  expect(containerOf().readinessProbe.tcpSocket.port).toBe('readiness');
  expect(containerOf().livenessProbe).toBeUndefined();
});

test('no container is privileged: memory is not mapped by default', () => {
  const pod = specOf().template.spec;
  for (const container of [...pod.initContainers, ...pod.containers]) {
    expect(container.securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    });
  }
});

test('tells its clients where it is, and whom to trust', () => {
  const connectionOf = (given: ElasticsearchProps) => {
    const connections: ElasticsearchConnection[] = [];
    objectsOf((scope) => connections.push(new Elasticsearch(scope, 'elasticsearch', given).connection));
    return connections[0];
  };
  const address = { host: 'elasticsearch', port: 9200, user: 'coped_application' };
  expect(connectionOf(props)).toEqual({ ...address, authority: { secret: 'nodes-tls', key: 'ca.crt' } });
  expect(connectionOf(laptop)).toEqual({ ...address, authority: undefined });
});
