import { hardening, podSecurity } from '../../../checker/rules/security/hardening';
import { labels } from '../../../lib/kubernetes/labels';
import type { PodProps } from '../../../lib/kubernetes/pod';
import { deployment } from '../../../lib/kubernetes/workloads';
import { find, objectsOf } from '../../support';

const least: PodProps = {
  component: 'web',
  software: 'django',
  image: 'example.org/django:1.2.3',
  user: 10001,
  containers: [
    {
      name: 'web',
      image: 'example.org/django:1.2.3',
      resources: { cpu: '100m', memory: '64Mi', memoryLimit: '128Mi' },
    },
  ],
};
const objects = objectsOf((scope) => deployment(scope, { ...least, replicas: 1, resilient: false }));

test('whatever a component forgets, its pods are hardened', () => {
  const subject = { manifests: objects, environment: 'test' };
  expect([podSecurity, hardening].flatMap((rule) => rule.find(subject))).toEqual([]);
  expect(find(objects, 'Deployment', 'web').spec.template.spec).toMatchObject({
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    serviceAccountName: 'web',
    terminationGracePeriodSeconds: 30,
  });
});

test.each([
  ['example.org/django:1.2.3', '1.2.3'],
  [`example.org:5000/django:1.2.3@sha256:${'a'.repeat(64)}`, '1.2.3'],
  [`example.org:5000/django@sha256:${'a'.repeat(64)}`, undefined],
  [`example.org/django:${'1'.repeat(64)}`, undefined],
])('the version of %s is %s', (image, version) => {
  expect(labels({ component: 'web', software: 'django', image })['app.kubernetes.io/version']).toBe(version);
});
