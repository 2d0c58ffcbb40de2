import { labels } from '../../../lib/kubernetes/labels';

test.each([
  ['example.org/django:1.2.3', '1.2.3'],
  [`example.org:5000/django:1.2.3@sha256:${'a'.repeat(64)}`, '1.2.3'],
  [`example.org:5000/django@sha256:${'a'.repeat(64)}`, undefined],
  [`example.org/django:${'1'.repeat(64)}`, undefined],
])('the version of %s is %s', (image, version) => {
  expect(labels({ component: 'web', software: 'django', image })['app.kubernetes.io/version']).toBe(version);
});
