import { namespace } from '../../lib/checks/namespace';
import { broken, found, withMore, without } from './fixture';

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
