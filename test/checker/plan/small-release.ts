import type { Json } from '../../../checker/manifests/manifest';
import type { Manifest } from '../../manifest';

// A small site and its next release, made up so that a plan of theirs has something in every section. They stand
// apart from COPED's environments: those may change without a word of these plans changing.

const object = (apiVersion: string, kind: string, name: string, fields: Json): Manifest => ({
  apiVersion,
  kind,
  metadata: { name, ...(kind !== 'Namespace' && { namespace: 'site' }) },
  ...fields,
});

const labels = (component: string) => ({ 'app.kubernetes.io/component': component });
const selected = (component: string) => ({ podSelector: { matchLabels: labels(component) } });
const tcp = (port: number) => [{ port, protocol: 'TCP' }];

const pods = (component: string, image: string, more: Json = {}, annotations?: Json): Json => ({
  metadata: { annotations, labels: labels(component) },
  spec: {
    automountServiceAccountToken: false,
    serviceAccountName: component,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: component,
        image,
        resources: { requests: { cpu: '250m', memory: '256Mi' } },
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          readOnlyRootFilesystem: true,
        },
        ...more,
      },
    ],
  },
});

const policy = (component: string, rules: Json) =>
  object('networking.k8s.io/v1', 'NetworkPolicy', component, {
    spec: { ...selected(component), policyTypes: ['Ingress', 'Egress'], ...rules },
  });
const fromAll = (port: number) => ({ ingress: [{ from: [{ podSelector: {} }], ports: tcp(port) }] });

/** What the two releases say differently. */
interface Values {
  readonly image: string;
  readonly languages: string;
  readonly secretKey: string;
  readonly config: string;
  readonly replicas: number;
  readonly job: string;
  readonly database: Json;
  readonly whenDeleted: string;
  readonly egress: Json;
  readonly host: string;
}

const site = (values: Values): Manifest[] => [
  object('v1', 'ConfigMap', 'web', { data: { LOG_LEVEL: 'info', LANGUAGES: values.languages } }),
  object('v1', 'Secret', 'web', { data: { 'secret-key': values.secretKey } }),
  object('apps/v1', 'Deployment', 'web', {
    spec: {
      replicas: values.replicas,
      strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      selector: { matchLabels: labels('web') },
      template: pods(
        'web',
        values.image,
        { envFrom: [{ configMapRef: { name: 'web' } }, { secretRef: { name: 'web' } }] },
        { 'coped.org/config': values.config },
      ),
    },
  }),
  object('apps/v1', 'StatefulSet', 'postgres', {
    spec: {
      serviceName: 'postgres',
      persistentVolumeClaimRetentionPolicy: { whenDeleted: values.whenDeleted },
      selector: { matchLabels: labels('postgres') },
      template: pods('postgres', 'docker.io/library/postgres:17.1', values.database),
    },
  }),
  object('batch/v1', 'Job', values.job, { spec: { template: pods('prepare', values.image) } }),
  object('batch/v1', 'CronJob', 'migrate', {
    spec: {
      schedule: '@yearly',
      suspend: true,
      jobTemplate: { spec: { template: pods('migrate', values.image) } },
    },
  }),
  object('networking.k8s.io/v1', 'NetworkPolicy', 'default-deny', {
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  }),
  policy('web', { egress: [{ to: [selected('postgres')], ports: tcp(5432) }, values.egress] }),
  policy('postgres', fromAll(5432)),
  object('networking.k8s.io/v1', 'Ingress', 'site', {
    spec: {
      ingressClassName: 'traefik',
      rules: [
        {
          host: values.host,
          http: { paths: [{ path: '/', backend: { service: { name: 'web', port: { number: 8000 } } } }] },
        },
      ],
    },
  }),
];

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Never to be seen in a plan. */
export const secretValues = ['canary-one', 'canary-two'].map(base64);

const web = 'registry.example.org/site/web';

export const before: Manifest[] = [
  ...site({
    image: `${web}:1.0.0`,
    languages: 'en',
    secretKey: base64('canary-one'),
    config: 'aaaaaaaaaa',
    replicas: 2,
    job: 'prepare-0123456789',
    database: { args: ['-c', 'max_connections=100'] },
    whenDeleted: 'Retain',
    egress: { to: [selected('mail')], ports: tcp(2525) },
    host: 'site.example.org',
  }),
  object('apps/v1', 'Deployment', 'mail', {
    spec: {
      selector: { matchLabels: labels('mail') },
      template: pods('mail', 'registry.example.org/site/mail:1.0.0'),
    },
  }),
  policy('mail', fromAll(2525)),
];

export const after: Manifest[] = [
  ...site({
    image: `${web}:1.1.0`,
    languages: 'en de',
    secretKey: base64('canary-two'),
    config: 'bbbbbbbbbb',
    replicas: 3,
    job: 'prepare-9876543210',
    database: { args: ['-c', 'max_connections=200'], envFrom: [{ secretRef: { name: 'web' } }] },
    whenDeleted: 'Delete',
    egress: { ports: tcp(443) },
    host: 'www.site.example.org',
  }),
  object('v1', 'Service', 'web', { spec: { selector: labels('web'), ports: [{ port: 8000 }] } }),
];
