import type { ApiObject, Kubectl } from '../../cli/cluster/kubectl';
import { model as development } from '../e2e/development/model';
import { model as hosted } from '../e2e/hosted/environment';
import type { Model } from '../e2e/model';
import { evaluated } from '../e2e/network/evaluated';
import { partiesOf } from '../e2e/network/parties';
import { peers } from '../e2e/network/peers';
import { allPorts } from '../e2e/network/ports';
import type { Source, Target } from '../e2e/network/target';
import { declared } from '../e2e/network/verdict';

const namespaces = [{ metadata: { name: 'ours', labels: { team: 'a' } } }, { metadata: { name: 'theirs' } }];
const kubectl = { get: async () => ({ items: namespaces }) } as unknown as Kubectl;
const pod = (namespace: string, spec: ApiObject = {}) => ({
  metadata: { namespace, labels: { app: 'web' } },
  spec: { containers: [{ ports: [{ name: 'main', containerPort: 80, protocol: 'TCP' }] }, {}], ...spec },
  status: { podIP: '10.244.1.9' },
});

test('what policies see of a pod is read from the cluster', async () => {
  const peerOf = await peers(kubectl);
  expect(peerOf(pod('ours'))).toEqual({
    namespace: 'ours',
    namespaceLabels: { team: 'a' },
    labels: { app: 'web' },
    address: '10.244.1.9',
    listens: [{ name: 'main', port: 80, protocol: 'TCP' }],
  });
  expect(peerOf(pod('theirs'))).toMatchObject({ namespaceLabels: undefined });
  expect(peerOf(pod('ours', { hostNetwork: true }))).toEqual({ address: '10.244.1.9' });
});

/** Every cell that is tried on a cluster, without the cluster. */
function cells(model: Model): [Source, Target][] {
  const sources = partiesOf(model).map(
    ({ name, namespace, labels }, i): Source => ({
      name,
      namespace,
      pod: name,
      node: 'node',
      address: `10.244.1.${i}`,
      peer: { namespace, labels, address: `10.244.1.${i}` },
    }),
  );
  const probes = sources.flatMap(({ name, namespace, address, peer }) =>
    allPorts(model.manifests).map(
      (port): Target => ({ name, namespace, address, peer, port, protocol: 'TCP', kind: 'probe' }),
    ),
  );
  const outside = (name: string, address: string, port: number, peer: Target['peer'] = { address }) =>
    (['TCP', 'UDP'] as const).map(
      (protocol): Target => ({ name, address, peer, port, protocol, kind: 'outside' }),
    );
  const targets = [
    ...probes,
    ...outside('dns', '10.244.0.2', 53, { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }),
    ...outside('kubelet', '172.18.0.2', 10250),
    ...outside('api-server', '172.18.0.2', 6443),
    ...outside('metadata', '169.254.169.254', 80),
    ...outside('internet', '1.1.1.1', 443),
  ];
  const ours = ({ namespace }: { namespace?: string }) => namespace === model.namespace;
  return sources.flatMap((source) =>
    targets
      .filter((target) => target.peer !== source.peer && (ours(source) || ours(target)))
      .map((target): [Source, Target] => [source, target]),
  );
}

test.each([
  ['development', development],
  ['hosted', hosted],
])('%s: in every cell that is tried, the policies say what the flow table says', (_, model) => {
  const all = cells(model);
  const allowed = evaluated(
    model.manifests,
    all.map(([source]) => source),
    all.map(([, target]) => target),
  );
  expect(all.filter((cell) => allowed(...cell) !== declared(...cell))).toEqual([]);
  expect(all.filter((cell) => allowed(...cell)).length).toBeGreaterThan(20);
});

test('a policy that lets another peer in shows as a cell in which policies and table differ', () => {
  const manifests = structuredClone(development.manifests);
  const named = (name: string) =>
    manifests.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === name)?.spec;
  named('postgres').ingress.push({});
  const all = cells(development);
  const allowed = evaluated(
    manifests,
    all.map(([source]) => source),
    all.map(([, target]) => target),
  );
  const torn = all
    .filter((cell) => allowed(...cell) !== declared(...cell))
    .map(([{ name }, to]) => `${name} -> ${to.name}`);
  expect(new Set(torn)).toEqual(new Set(['ingress-controller -> postgres', 'impostor -> postgres']));
});
