import { matrix } from '../../../checker/reachability/matrix';
import type { Flow } from '../../../lib/network/flows';
import { allowFlows } from '../../../lib/network/policies';
import { find, manifestsOf, named, objectsOf } from '../../support';

// Read from the emitted policies, not from the table they are made of.
const OUTSIDERS = {
  'ingress-controller': { namespace: 'traefik', labels: { 'app.kubernetes.io/name': 'traefik' } },
  dns: { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
  laptop: { address: '172.18.0.1' },
  'another namespace': {
    namespace: 'elsewhere',
    labels: { 'app.kubernetes.io/component': 'web', 'app.kubernetes.io/part-of': 'coped' },
  },
  'another pod beside the ingress controller': { namespace: 'traefik', labels: { app: 'other' } },
  internet: { address: '203.0.113.7' },
  'metadata address': { address: '169.254.169.254' },
  kubelet: { address: '172.18.0.2', listens: [{ port: 10250, protocol: 'TCP' as const }] },
};

// Everything that is open, and so: nothing else is. Read the diff of this snapshot as you would read a firewall's.
test.each(['development', 'staging', 'production'])('%s opens exactly these connections', (name) => {
  expect(matrix(manifestsOf(named(name)), OUTSIDERS)).toMatchSnapshot();
});

test('a peer that an environment does not have is left out: an empty list would mean every peer', () => {
  const table: Flow[] = [{ from: ['ingress-controller'], to: 'web', port: 8000, why: 'people' }];
  const policies = objectsOf((scope) => allowFlows(scope, 'web', table, ['web'], {}));
  expect(find(policies, 'NetworkPolicy', 'web').spec).not.toHaveProperty('ingress');
});
