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

// Everything that is open, and so: nothing else is. Read the diff of this snapshot as you would read a firewall's.
test.each(['development', 'staging', 'production'])('%s opens exactly these connections', (name) => {
  expect(matrix(manifestsOf(named(name)), OUTSIDERS)).toMatchSnapshot();
});
