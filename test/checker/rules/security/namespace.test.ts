import type { Json } from '../../../../checker/manifests/manifest';
import { namespace } from '../../../../checker/rules/security/namespace';
import { broken, found, good, withMore, without } from '../../fixture';

const LABEL = 'pod-security.kubernetes.io/enforce';

test('refuses an environment without a namespace', () => {
  expect(found(namespace, without('Namespace/coped-test'))).toEqual([['Namespace', undefined, 'is missing']]);
});

test('refuses an environment with two', () => {
  expect(found(namespace, withMore(['v1', 'Namespace', 'x', {}]))).toEqual([
    ['Namespace', ['coped-test', 'x'], 'are several namespaces; an environment has one'],
  ]);
});

test.each([
  ['baseline', 'lets pods in that are not restricted'],
  [undefined, 'is missing'],
])('refuses a namespace that enforces %s', (level, wrong) => {
  const subject = broken('Namespace/coped-test', ({ metadata }) => {
    metadata.labels[LABEL] = level;
  });
  expect(found(namespace, subject)).toEqual([
    [`Namespace/coped-test metadata.labels[${LABEL}]`, level, wrong],
  ]);
});

test('refuses an object in another namespace', () => {
  const subject = broken('Service/web', ({ metadata }) => {
    metadata.namespace = 'default';
  });
  expect(found(namespace, subject)).toEqual([
    ['Service/web metadata.namespace', 'default', 'is not the namespace of the environment, coped-test'],
  ]);
});

const OF_THE_CLUSTER = 'is a namespace of the cluster, not of an environment';

test.each(['default', 'kube-system', 'kube-public', 'kube-node-lease'])('refuses %s for itself', (name) => {
  const subject = good();
  for (const { kind, metadata } of subject.manifests as Json[]) {
    if (kind === 'Namespace') metadata.name = name;
    else metadata.namespace = name;
  }
  expect(found(namespace, subject)).toEqual([[`Namespace/${name} metadata.name`, name, OF_THE_CLUSTER]]);
});

test('finds what stands in a namespace of the cluster, also where no Namespace is emitted', () => {
  const subject = without('Namespace/coped-test');
  const [first] = subject.manifests as Json[];
  first.metadata.namespace = 'kube-system';
  expect(found(namespace, subject)).toEqual([
    ['Namespace', undefined, 'is missing'],
    ['ResourceQuota/quota metadata.namespace', 'kube-system', OF_THE_CLUSTER],
  ]);
});

test('leaves what belongs to the whole cluster without a namespace', () => {
  const subject = withMore(['rbac.authorization.k8s.io/v1', 'ClusterRole', 'x', {}]);
  for (const { kind, metadata } of subject.manifests as Json[]) {
    if (kind === 'ClusterRole') delete metadata.namespace;
  }
  expect(found(namespace, subject)).toEqual([]);
});
