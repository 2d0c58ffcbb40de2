import { withMore, without } from '../../checker/fixture';
import { object, type Violation } from './violation';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const NAMESPACE = 'Namespace/coped-test';
const DENY = 'NetworkPolicy/default-deny';

const out = (id: string, how: string, rule: object): Violation =>
  object(id, how, 'NetworkPolicy/web', ({ spec }) => spec.egress.push(rule));

export const network: readonly Violation[] = [
  object('CM-001', 'a key that says so', 'ConfigMap/web', ({ data }) => {
    data.SQL_PASSWORD = 'correct horse';
  }),
  object('CM-001', 'a text that contains one', 'ConfigMap/web', ({ data }) => {
    data['settings.py'] = "DATABASE = 'postgres://coped:hunter2@postgres/coped'";
  }),
  [
    'NP-001',
    'no policy at all',
    () => {
      const subject = without(DENY);
      return { ...subject, manifests: subject.manifests.filter(({ kind }) => kind !== 'NetworkPolicy') };
    },
  ],
  object('NP-002', 'only ingress', DENY, ({ spec }) => {
    spec.policyTypes = ['Ingress'];
  }),
  object('NP-002', 'only egress', DENY, ({ spec }) => {
    spec.policyTypes = ['Egress'];
  }),
  out('NP-003', 'by its address', { to: [{ ipBlock: { cidr: '169.254.169.254/32' } }] }),
  out('NP-003', 'by the whole internet', {
    to: [{ ipBlock: { cidr: '0.0.0.0/0' } }],
    ports: [{ port: 80 }],
  }),
  out('NP-003', 'by naming nobody', { ports: [{ port: 80 }] }),
  out('NP-004', 'by the addresses of nodes', {
    to: [{ ipBlock: { cidr: '192.168.0.0/16' } }],
    ports: [{ port: 10250 }],
  }),
  out('NP-004', 'by its port in every namespace', {
    to: [{ namespaceSelector: {} }],
    ports: [{ port: 10250 }],
  }),
  [
    'NP-005',
    'a policy about nobody',
    () =>
      withMore([
        'networking.k8s.io/v1',
        'NetworkPolicy',
        'wep',
        { spec: { podSelector: { matchLabels: { 'app.kubernetes.io/component': 'wep' } } } },
      ]),
  ],
  object('NS-001', 'one object', 'Service/web', ({ metadata }) => {
    metadata.namespace = 'default';
  }),
  object('NS-001', 'all of them', NAMESPACE, ({ metadata }) => {
    metadata.name = 'default';
  }),
  ...['kube-system', 'kube-public', 'kube-node-lease'].map((namespace) =>
    object('NS-002', namespace, 'Service/web', ({ metadata }) => {
      metadata.namespace = namespace;
    }),
  ),
  object('PSA-001', 'no label', NAMESPACE, ({ metadata }) => {
    metadata.labels = {};
  }),
  object('PSA-002', 'privileged', NAMESPACE, ({ metadata }) => {
    metadata.labels = { [ENFORCE]: 'privileged' };
  }),
  ...['warn', 'audit'].map((mode) =>
    object('PSA-003', mode, NAMESPACE, ({ metadata }) => {
      metadata.labels = { [`pod-security.kubernetes.io/${mode}`]: 'restricted' };
    }),
  ),
];
