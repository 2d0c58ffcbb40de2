import { matrix } from '../../../checker/reachability/matrix';
import { yamlOf } from '../../yaml';
import { good } from '../fixture';

interface Case {
  readonly test: string;
  readonly objects: readonly {
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string | null;
    readonly labels?: Readonly<Record<string, string>>;
    readonly spec?: object;
  }[];
  /** Lines of the matrix. */
  readonly open?: readonly string[];
  /** What is in no line of it. */
  readonly closed?: readonly string[];
}

const internet = { address: '203.0.113.7' };

test.each(yamlOf<Case[]>(__dirname, 'pods.yaml'))('$test', ({ objects, open = [], closed = [] }) => {
  const manifests = objects.map(({ kind, name, namespace = 'ours', labels, spec }) => ({
    apiVersion: 'v1',
    kind,
    metadata: { name, namespace: namespace ?? undefined, labels },
    spec,
  }));
  const lines = matrix(manifests, { internet });
  expect(lines).toEqual(expect.arrayContaining([...open]));
  expect(lines.filter((line) => closed.some((text) => line.includes(text)))).toEqual([]);
});

test('lists what is open among our pods and between them and outsiders, Jobs and CronJobs included', () => {
  const outsiders = {
    dns: { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
    'ingress-controller': { namespace: 'traefik', labels: { 'app.kubernetes.io/name': 'traefik' } },
    internet,
  };
  expect(matrix(good().manifests, outsiders)).toEqual([
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
