import { dangling } from '../../../checker/rules/references/dangling';
import type { Manifest } from '../../manifest';
import { yamlOf } from '../../yaml';
import { good } from '../fixture';
import { type Changes, change } from '../release';

interface Case {
  readonly test: string;
  readonly more?: readonly Manifest[];
  readonly changes?: Changes;
  /** @default 0 */
  readonly dangling?: number;
}

const find = ({ more = [], changes = {} }: Case) => {
  const subject = good();
  const manifests = [...subject.manifests, ...more];
  change(manifests, changes);
  return dangling.find({ ...subject, manifests });
};
const cases = yamlOf<Case[]>(__dirname, 'inventory.yaml');

test.each(cases)('$test', (one) => {
  expect(find(one).map(({ where }) => where)).toHaveLength(one.dangling ?? 0);
});

test('the finding says in which namespace the object is', () => {
  expect(find({ test: '', changes: { 'ConfigMap/web': { 'metadata.namespace': 'other' } } })).toMatchObject([
    {
      value: 'web',
      wrong: 'names a ConfigMap that does not exist in this namespace',
      remedy: expect.stringContaining('this one is in other'),
    },
  ]);
});

test.each([
  null,
  undefined,
  'text',
  7,
  {},
  [],
  [null],
  [{}],
  [{ name: null }],
])('survives %j wherever objects refer to others', (value) => {
  const fields = ['tls', 'serviceName', 'scaleTargetRef', 'issuerRef', 'ca'];
  const manifests = good().manifests.map(({ kind }) => ({
    apiVersion: 'v1',
    kind,
    metadata: { name: 'o' },
    roleRef: value,
    subjects: value,
    imagePullSecrets: value,
    webhooks: value,
    spec: Object.fromEntries(fields.map((field) => [field, value])),
  }));
  for (const manifest of manifests) {
    expect(() => dangling.find({ ...good(), manifests: [manifest] })).not.toThrow();
  }
});
