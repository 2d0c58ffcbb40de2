import { dangling } from '../../../checker/rules/references/dangling';
import { yamlOf } from '../../yaml';
import { type Change, changed } from '../cases/change';
import { good } from '../fixture';

interface Case extends Change {
  readonly test: string;
  /** @default 0 */
  readonly dangling?: number;
}

const find = (change: Change) => dangling.find({ ...good(), manifests: changed(good().manifests, change) });
const cases = yamlOf<Case[]>(__dirname, 'inventory.yaml');

test.each(cases)('$test', ({ test: _, dangling: count = 0, ...change }) => {
  expect(find(change).map(({ where }) => where)).toHaveLength(count);
});

test('the finding says in which namespace the object is', () => {
  expect(find({ set: { 'ConfigMap/web metadata.namespace': 'other' } })).toMatchObject([
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
