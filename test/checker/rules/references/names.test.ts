import { names } from '../../../../checker/rules/references/names';
import { broken, found, MAIN, main, withMore } from '../../fixture';

test.each([
  ['ConfigMap', 'Web', 'is not a ConfigMap name'],
  ['ConfigMap', 'web_', 'is not a ConfigMap name'],
  ['Service', '1st', 'is not a Service name'],
  ['Service', 'a.b', 'is not a Service name'],
  ['StatefulSet', 'a'.repeat(64), 'is not a StatefulSet name'],
  ['CronJob', 'a'.repeat(53), 'is too long for a CronJob'],
])('refuses a %s called %s', (kind, name, wrong) => {
  expect(found(names, withMore(['v1', kind, name, {}]))).toEqual([
    [`${kind}/${name} metadata.name`, name, wrong],
  ]);
});

test('allows dots in names of objects that become no host names', () => {
  expect(found(names, withMore(['v1', 'ConfigMap', 'kube-root-ca.crt', {}]))).toEqual([]);
});

test('refuses labels that Kubernetes refuses', () => {
  const subject = withMore([
    'v1',
    'ConfigMap',
    'x',
    { labels: { 'a b': 'x', 'Up.org/x': 'x', fine: 'not fine', ok: '' } },
  ]);
  expect(found(names, subject)).toEqual([
    ['ConfigMap/x metadata.labels[a b]', 'a b', 'is not a key for labels'],
    ['ConfigMap/x metadata.labels[Up.org/x]', 'Up.org/x', 'is not a key for labels'],
    ['ConfigMap/x metadata.labels[fine]', 'not fine', 'is not a value for labels'],
  ]);
});

test('refuses labels of pods, which Kubernetes meets only when it makes the pod', () => {
  const subject = broken('Deployment/web', (web) => {
    web.spec.template.metadata.labels.version = 'docker.io/coped/web';
  });
  expect(found(names, subject)).toEqual([
    [
      'Deployment/web spec.template.metadata.labels[version]',
      'docker.io/coped/web',
      'is not a value for labels',
    ],
  ]);
});

test('refuses annotations that are not text', () => {
  const subject = broken('Service/web', (web) => {
    web.metadata.annotations = {
      'coped.org/any text': 'x',
      'coped.org/number': 1,
      'coped.org/text': 'Any text: "x"',
    };
  });
  expect(found(names, subject)).toEqual([
    [
      'Service/web metadata.annotations[coped.org/any text]',
      'coped.org/any text',
      'is not a key for annotations',
    ],
    ['Service/web metadata.annotations[coped.org/number]', 1, 'is not a value for annotations'],
  ]);
});

test('refuses names inside pods', () => {
  const subject = broken('Deployment/web', (web) => {
    main(web).ports.push({ name: 'longer-than-fifteen', containerPort: 8001 });
    web.spec.template.spec.volumes.push({ name: 'My_files' });
  });
  expect(found(names, subject)).toEqual([
    ['Deployment/web spec.template.spec.volumes[My_files].name', 'My_files', 'is not a volume name'],
    [`${MAIN}.ports[longer-than-fifteen].name`, 'longer-than-fifteen', 'is not a port name'],
  ]);
});

test('accepts the longest name of a CronJob', () => {
  expect(found(names, withMore(['batch/v1', 'CronJob', 'a'.repeat(52), {}]))).toEqual([]);
});

test('says how labels and annotations may look', () => {
  const subject = withMore(['v1', 'ConfigMap', 'x', { labels: { a: 'not fine' } }]);
  expect(names.find(subject)[0]?.remedy).toMatch(/^Use at most 63 letters/);
});

test('knows that names of roles may hold colons, and no slash', () => {
  const named = (kind: string, name: string) =>
    found(names, withMore(['rbac.authorization.k8s.io/v1', kind, name, {}]));
  for (const kind of ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding']) {
    expect(named(kind, 'metrics:system:auth-delegator')).toEqual([]);
    expect(named(kind, 'a/b')).toEqual([[`${kind}/a/b metadata.name`, 'a/b', `is not a ${kind} name`]]);
  }
});
