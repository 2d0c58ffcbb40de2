import type { Construct } from 'constructs';
import { configMap, file } from '../../kubernetes/config-files';
import { metadata, selectorLabels } from '../../kubernetes/labels';
import { make } from '../../kubernetes/object';
import { startsWithin, tcpProbe } from '../../kubernetes/probes';
import {
  claimTemplate,
  configFiles,
  type Mounted,
  scratch,
  secretDirectory,
  secretFiles,
} from '../../kubernetes/volumes';
import { service, statefulSet } from '../../kubernetes/workloads';
import { component } from '../component';
import { HEADLESS_SERVICE } from './certificate';
import { speaksHttps } from './clients';
import { addressOf } from './external';
import { elasticsearchSettings } from './settings';

/** User `elasticsearch` of the official image. */
export const ELASTICSEARCH_USER_ID = 1000;
const HOME = '/usr/share/elasticsearch';

/** File of the authority. */
const AUTHORITY = 'elasticsearch-ca.crt';

/** The search engine: one node, or a cluster whose nodes trust each other by certificate. */
export const elasticsearch = component({
  name: 'elasticsearch',
  tier: 'data',
  software: 'elasticsearch',
  image: 'docker.elastic.co/elasticsearch/elasticsearch:9.5.3',
  ports: { http: 9200, transport: 9300 },
  secrets: {
    superuser: {
      user: 'elastic',
      superuser: true,
      reader: 'elasticsearch-bootstrap',
      purpose: "Elasticsearch's built-in user `elastic`: only the first start and the bootstrap Job.",
    },
    application: {
      user: 'coped_application',
      purpose: 'Searches and indexes: web, api and migrations.',
      rotation: 'previous',
    },
  },
  settings: elasticsearchSettings,
  build({ scope, identity, settings, image, ports, secrets, environment }) {
    if (settings.kind === 'external') {
      const authority = settings.authority && { ...settings.authority, file: AUTHORITY };
      return { ...addressOf(settings.url), users: secrets, tls: true, authority };
    }
    const { nodes, initialMasterNodes = nodes, machines = nodes } = settings;
    // `tls.crt`, `tls.key` and `ca.crt`; without them: one node, plain HTTP.
    const tlsSecret = environment.certificates?.elasticsearchSecret;
    const https = speaksHttps(environment.certificates, settings) ? tlsSecret : undefined;
    const settingsOfTls = ['cluster.yml', https ? 'https.yml' : 'plain-http.yml'];
    const parts = ['node.yml', ...(tlsSecret ? settingsOfTls : ['alone.yml'])];
    const secretVolume = secretFiles({ 'superuser-password': secrets.superuser });
    const files = configFiles('settings', '/settings', 'elasticsearch');
    const config = scratch('config', `${HOME}/config`, '16Mi');
    const credentials = scratch('credentials', '/credentials', '1Mi', 'Memory');
    const tmp = scratch('tmp', '/tmp', '128Mi');
    const logs = scratch('logs', `${HOME}/logs`, '256Mi');
    // Below the configuration directory: elsewhere the server may not read them.
    const certificates: Mounted[] = tlsSecret
      ? [secretDirectory('certificates', `${HOME}/config/certs`, tlsSecret)]
      : [];
    const data = { name: 'data', mountPath: `${HOME}/data` };
    const resources = { cpu: settings.cpu, memory: settings.memory, memoryLimit: settings.memory };

    configMap(scope, 'elasticsearch', {
      'elasticsearch.yml': parts.map((part) => file(__dirname, part)).join(''),
      'prepare.sh': file(__dirname, 'prepare.sh'),
      'refuse-weak.sh': file(__dirname, '..', 'refuse-weak.sh'),
    });
    service(scope, 'elasticsearch', { name: 'http', number: ports.http });
    headlessService(scope, ports.transport);
    statefulSet(scope, {
      ...identity,
      user: ELASTICSEARCH_USER_ID,
      replicas: nodes,
      resilient: environment.resilient,
      spread: environment.resilient ? { machines } : undefined,
      keepData: environment.keepData,
      serviceName: HEADLESS_SERVICE,
      // One after the other would never start: a node is ready only when it has found the others.
      podManagementPolicy: 'Parallel',
      claims: [claimTemplate('data', settings.storage, settings.storageClass)],
      volumes: [secretVolume, files, config, credentials, tmp, logs, ...certificates].map((v) => v.volume),
      // Shards are flushed and closed, so that the next start replays nothing.
      gracePeriod: settings.linger + 160,
      initContainers: [
        {
          name: 'prepare',
          image,
          command: ['sh', '/settings/prepare.sh'],
          env: {
            ...(tlsSecret && { INITIAL_MASTER_NODES: memberNames(initialMasterNodes) }),
            REQUIRE_REAL_SECRETS: environment.realSecrets ? '1' : '0',
          },
          envFromFields: { POD_NAME: 'metadata.name' },
          resources: { cpu: '25m', memory: '64Mi', memoryLimit: '128Mi' },
          mounts: [
            secretVolume.mount,
            files.mount,
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
            ALLOW_MMAP: String(settings.allowMmap),
            // The password of the built-in user, until the cluster has stored one.
            ELASTIC_PASSWORD_FILE: '/credentials/superuser-password',
          },
          envFromFields: { POD_IP: 'status.podIP', POD_NAME: 'metadata.name' },
          ports: { ...ports, readiness: 8080 },
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
          // A node is ready when the cluster has a master: after a crash it checks its indices, and waits for the others.
          startupProbe: tcpProbe('readiness', startsWithin(3600)),
          readinessProbe: tcpProbe('readiness', { every: 5, failures: 3 }),
          // Time for the endpoint to disappear before the node leaves. No liveness probe: a busy node is not a dead one.
          preStop: ['sleep', String(settings.linger)],
        },
      ],
    });
    return {
      host: 'elasticsearch',
      port: ports.http,
      users: secrets,
      /** Speaks HTTPS. */
      tls: https !== undefined,
      /** The authority to check the server against; absent where everybody trusts it, or it speaks plain HTTP. */
      authority: https ? { secret: https, key: 'ca.crt', file: AUTHORITY } : undefined,
    };
  },
});

const memberNames = (nodes: number): string =>
  Array.from({ length: nodes }, (_, i) => `elasticsearch-${i}`).join(',');

const headlessService = (scope: Construct, transport: number) =>
  make(scope, 'headless-service', 'Service', {
    metadata: { ...metadata('elasticsearch'), name: HEADLESS_SERVICE },
    spec: {
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: selectorLabels('elasticsearch'),
      ports: [{ name: 'transport', port: transport, targetPort: 'transport' }],
    },
  });
