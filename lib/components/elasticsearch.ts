import { Construct } from 'constructs';
import { z } from 'zod';
import { bytes, cpu, integer, objectName } from '../kubernetes/values';
import { configMap, file } from '../kubernetes/config-files';
import { k8s } from '../kubernetes/k8s';
import { metadata, selectorLabels } from '../kubernetes/labels';
import { tcpProbe } from '../kubernetes/probes';
import {
  claimTemplate,
  configFiles,
  type Mounted,
  scratch,
  secretDirectory,
  secretFiles,
} from '../kubernetes/volumes';
import { service, statefulSet } from '../kubernetes/workloads';
import { type SecretKey, secrets } from './secrets';

const HTTP = 9200;
const TRANSPORT = 9300;
/** User `elasticsearch` of the official image. */
export const ELASTICSEARCH_USER_ID = 1000;
const HOME = '/usr/share/elasticsearch';
/** Gives every node a name of its own, before it is ready: nodes look for each other to become ready. */
export const HEADLESS_SERVICE = 'elasticsearch-nodes';

export const elasticsearchSettings = z.strictObject({
  /** Nodes that elect a master. Even numbers lose the vote with one node just as the number below does. */
  nodes: z.union([z.literal(1), z.literal(3), z.literal(5)], {
    error: 'is not a number of nodes that can outvote a lost one; write 1, 3 or 5',
  }),
  /**
   * Nodes of the very first start, if fewer than now: only they may found the cluster, later ones join it. Keep the
   * number when `nodes` is raised.
   */
  founders: integer(1, 5).optional(),
  /** Machines that the nodes must be spread over, or not start: two on one machine fall together. As many as nodes. */
  machines: integer(1, 5).optional(),
  /** Size of each node's volume. It can grow later, never shrink. */
  storage: bytes,
  /** Kind of disk; the cluster's default if absent. */
  storageClass: objectName.optional(),
  /** CPU that the scheduler reserves for each node. */
  cpu: cpu.default('1'),
  /** Memory of each node, reserved and limit in one; half of it becomes the heap. Below 1.5 Gi it does not run. */
  memory: bytes.default('4Gi'),
  /** Map index files into memory: faster, but every machine must have vm.max_map_count ≥ 262144. */
  allowMmap: z.boolean().default(false),
  /** Seconds for which a node that must go still serves, until its endpoint has disappeared. */
  linger: integer(1, 50).default(20),
});
export type ElasticsearchSettings = z.infer<typeof elasticsearchSettings>;

/** What a client needs to know. Passwords are in `secrets`. */
export interface ElasticsearchConnection {
  readonly host: string;
  readonly port: number;
  /** The application's user. */
  readonly user: string;
  /** The certificate authority to check the server against; plain HTTP if absent. */
  readonly authority?: SecretKey;
}

export interface ElasticsearchProps extends ElasticsearchSettings {
  readonly image: string;
  readonly keepData: boolean;
  readonly resilient: boolean;
  /** A password that everybody knows is refused. */
  readonly realSecrets: boolean;
  /** Secret with `tls.crt`, `tls.key` and `ca.crt` for both ports; without it: one node, plain HTTP. */
  readonly tlsSecret?: string;
}

/** The search engine: one node, or a cluster whose nodes trust each other by certificate. */
export class Elasticsearch extends Construct {
  readonly connection: ElasticsearchConnection;

  constructor(scope: Construct, id: string, props: ElasticsearchProps) {
    super(scope, id);
    const { image, nodes, founders = nodes, machines = nodes, tlsSecret } = props;
    this.connection = {
      host: 'elasticsearch',
      port: HTTP,
      user: 'coped_application',
      authority: tlsSecret ? { secret: tlsSecret, key: 'ca.crt' } : undefined,
    };

    const secretVolume = secretFiles({ 'superuser-password': secrets.elasticsearchSuperuser });
    const settings = configFiles('settings', '/settings', 'elasticsearch');
    const config = scratch('config', `${HOME}/config`, '16Mi');
    const credentials = scratch('credentials', '/credentials', '1Mi', 'Memory');
    const tmp = scratch('tmp', '/tmp', '128Mi');
    const logs = scratch('logs', `${HOME}/logs`, '256Mi');
    // Below the configuration directory: elsewhere the server may not read them.
    const certificates: Mounted[] = tlsSecret
      ? [secretDirectory('certificates', `${HOME}/config/certs`, tlsSecret)]
      : [];
    const data = { name: 'data', mountPath: `${HOME}/data` };
    const resources = { cpu: props.cpu, memory: props.memory, memoryLimit: props.memory };

    configMap(this, 'elasticsearch', {
      'elasticsearch.yml':
        file('elasticsearch', 'node.yml') + file('elasticsearch', tlsSecret ? 'cluster.yml' : 'alone.yml'),
      'prepare.sh': file('elasticsearch', 'prepare.sh'),
      'refuse-weak.sh': file('secrets', 'refuse-weak.sh'),
    });
    service(this, 'elasticsearch', { name: 'http', number: HTTP });
    headlessService(this);
    statefulSet(this, {
      component: 'elasticsearch',
      software: 'elasticsearch',
      image,
      user: ELASTICSEARCH_USER_ID,
      replicas: nodes,
      resilient: props.resilient,
      spread: props.resilient ? { machines } : undefined,
      keepData: props.keepData,
      serviceName: HEADLESS_SERVICE,
      // One after the other would never start: a node is ready only when it has found the others.
      podManagementPolicy: 'Parallel',
      claims: [claimTemplate('data', props.storage, props.storageClass)],
      volumes: [secretVolume, settings, config, credentials, tmp, logs, ...certificates].map((v) => v.volume),
      // A node is ready when the cluster has a master: after a crash it checks its indices, and waits for the others.
      startupSeconds: 3600,
      // Shards are flushed and closed, so that the next start replays nothing.
      drainSeconds: 120,
      gracePeriod: 180,
      initContainers: [
        {
          name: 'prepare',
          image,
          command: ['sh', '/settings/prepare.sh'],
          env: {
            ...(tlsSecret && { FOUNDERS: memberNames(founders) }),
            REQUIRE_REAL_SECRETS: props.realSecrets ? '1' : '0',
          },
          envFromFields: { POD_NAME: 'metadata.name' },
          resources: { cpu: '25m', memory: '64Mi', memoryLimit: '128Mi' },
          mounts: [
            secretVolume.mount,
            settings.mount,
            { ...config.mount, mountPath: '/config' },
            credentials.mount,
            { ...data, readOnly: true },
          ],
        },
      ],
      containers: [
        {
          name: 'elasticsearch',
          image,
          env: {
            ALLOW_MMAP: String(props.allowMmap),
            // The password of the built-in user, until the cluster has stored one.
            ELASTIC_PASSWORD_FILE: '/credentials/superuser-password',
          },
          envFromFields: { POD_IP: 'status.podIP', POD_NAME: 'metadata.name' },
          ports: { http: HTTP, transport: TRANSPORT, readiness: 8080 },
          resources,
          ephemeralStorage: '512Mi',
          mounts: [
            data,
            config.mount,
            ...certificates.map((v) => v.mount),
            credentials.mount,
            logs.mount,
            tmp.mount,
          ],
          startupProbe: tcpProbe('readiness', { every: 5, failures: 720 }),
          readinessProbe: tcpProbe('readiness', { every: 5, failures: 3 }),
          // Time for the endpoint to disappear before the node leaves. No liveness probe: a busy node is not a dead one.
          preStop: ['sleep', String(props.linger)],
        },
      ],
    });
  }
}

const memberNames = (nodes: number): string =>
  Array.from({ length: nodes }, (_, i) => `elasticsearch-${i}`).join(',');

const headlessService = (scope: Construct) =>
  new k8s.KubeService(scope, 'headless-service', {
    metadata: { ...metadata('elasticsearch'), name: HEADLESS_SERVICE },
    spec: {
      clusterIp: 'None',
      publishNotReadyAddresses: true,
      selector: selectorLabels('elasticsearch'),
      ports: [{ name: 'transport', port: TRANSPORT, targetPort: k8s.IntOrString.fromString('transport') }],
    },
  });
