import { matrix } from '../../../checker/reachability/matrix';
import { manifestsOf, named } from '../../support';

// Read from the emitted policies, not from the table they are made of.
const OUTSIDERS = {
  'ingress-controller': { namespace: 'traefik', labels: { 'app.kubernetes.io/name': 'traefik' } },
  dns: { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
  laptop: { address: '172.18.0.1' },
  'another namespace': {
    namespace: 'elsewhere',
    labels: { 'app.kubernetes.io/component': 'web', 'app.kubernetes.io/part-of': 'coped' },
  },
  'a stranger beside the ingress controller': { namespace: 'traefik', labels: { app: 'stranger' } },
  internet: { address: '203.0.113.7' },
  'metadata address': { address: '169.254.169.254' },
  kubelet: { address: '172.18.0.2', listens: [{ port: 10250, protocol: 'TCP' as const }] },
};

const dns = (...components: string[]) =>
  components.flatMap((component) => [`${component} -> dns:53/TCP`, `${component} -> dns:53/UDP`]);

const EVERYWHERE = [
  'api -> elasticsearch:9200/TCP',
  'api -> postgres:5432/TCP',
  'dashboards -> api:8000/TCP',
  'elasticsearch -> elasticsearch:9300/TCP',
  'elasticsearch-bootstrap -> elasticsearch:9200/TCP',
  'ingress-controller -> api:8000/TCP',
  'ingress-controller -> dashboards:8866/TCP',
  'ingress-controller -> web:8000/TCP',
  'postgres-bootstrap -> postgres:5432/TCP',
  'web -> elasticsearch:9200/TCP',
  'web -> postgres:5432/TCP',
  ...dns('api', 'dashboards', 'elasticsearch', 'elasticsearch-bootstrap', 'postgres-bootstrap', 'web'),
];
const HOSTED = [
  ...EVERYWHERE,
  'backup -> postgres:5432/TCP',
  'migrate -> elasticsearch:9200/TCP',
  'migrate -> postgres:5432/TCP',
  ...dns('backup', 'migrate'),
];

/** Everything that is open, and so: nothing else is. */
test.each([
  ['development', [...EVERYWHERE, 'laptop -> web:8000/TCP', 'kubelet -> web:8000/TCP']],
  ['staging', HOSTED],
  ['production', HOSTED],
])('%s opens exactly these connections', (name, expected) => {
  expect(matrix(manifestsOf(named(name)), OUTSIDERS)).toEqual([...expected].sort());
});
