import { matrix } from '../../../checker/reachability/matrix';
import { good, without } from '../fixture';

test('lists what is open among our pods and between them and outsiders, Jobs and CronJobs included', () => {
  const { manifests } = good();
  const outsiders = {
    dns: { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
    'ingress-controller': { namespace: 'traefik', labels: { 'app.kubernetes.io/name': 'traefik' } },
    internet: { address: '203.0.113.7' },
  };
  expect(matrix(manifests, outsiders)).toEqual([
    'backup -> dns:53/TCP',
    'backup -> dns:53/UDP',
    'backup -> postgres:5432/TCP',
    'elasticsearch -> dns:53/TCP',
    'elasticsearch -> dns:53/UDP',
    'elasticsearch -> elasticsearch:9300/TCP',
    'ingress-controller -> web:8000/TCP',
    'postgres-bootstrap -> dns:53/TCP',
    'postgres-bootstrap -> dns:53/UDP',
    'postgres-bootstrap -> postgres:5432/TCP',
    'web -> dns:53/TCP',
    'web -> dns:53/UDP',
    'web -> elasticsearch:9200/TCP',
    'web -> postgres:5432/TCP',
  ]);
});

test('shows a pod without any policy as open on every port', () => {
  const { manifests } = without('NetworkPolicy/default-deny');
  const open = matrix(
    manifests.filter(({ kind, metadata }) => kind !== 'NetworkPolicy' || metadata.name !== 'web'),
    { internet: { address: '203.0.113.7' } },
  );
  expect(open).toEqual(
    expect.arrayContaining(['internet -> web:1/TCP', 'internet -> web:8000/TCP', 'web -> internet:1/UDP']),
  );
  expect(open.filter((line) => line.startsWith('internet -> postgres'))).toEqual([]);
});

test('reads named ports and labels of the namespace from the objects', () => {
  const { manifests } = good();
  const policy = manifests.find(
    ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'postgres',
  );
  const enforced = { matchLabels: { 'pod-security.kubernetes.io/enforce': 'restricted' } };
  if (policy) policy.spec.ingress = [{ from: [{ namespaceSelector: enforced }], ports: [{ port: 'main' }] }];
  expect(matrix(manifests).filter((line) => line.includes('postgres:'))).toEqual([
    'backup -> postgres:5432/TCP',
    'postgres-bootstrap -> postgres:5432/TCP',
    'web -> postgres:5432/TCP',
  ]);
});
