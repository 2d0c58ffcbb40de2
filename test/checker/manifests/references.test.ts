import { references } from '../../../checker/manifests/references';
import { dangling } from '../../../checker/rules/references/dangling';
import { yamlOf } from '../../yaml';
import { good } from '../fixture';

type Fields = Readonly<Record<string, object>>;

const { spec, fields } = yamlOf<{ readonly spec: Fields; readonly fields: Fields }>(
  __dirname,
  'references.yaml',
);
const object = (kind: string, more: object) => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'o', namespace: 'ours' },
  ...more,
});
const found = (kind: string, more: object) =>
  references([object(kind, more)])
    .filter(({ name }) => name === 'x')
    .map(({ where, kind, key, namespace = 'default', optional }) =>
      [
        `${where.replace(/^\S+ /, '')}: ${kind}`,
        ...(key ? [`key ${key}`] : []),
        ...(namespace === 'ours' ? [] : [`in ${namespace}`]),
        ...(optional ? ['optional'] : []),
      ].join(', '),
    )
    .join('\n');

test.each([
  ...Object.entries(spec).map(([kind, spec]): [string, object] => [kind, { spec }]),
  ...Object.entries(fields),
])('what a %s refers to', (kind, more) => {
  expect(found(kind, more)).toMatchSnapshot();
});

test('an empty name refers to nothing', () => {
  expect(references([object('PersistentVolumeClaim', { spec: { storageClassName: '' } })])).toEqual([]);
});

test('a StatefulSet replaces volumes by its claims of the same name', () => {
  const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'x' } }];
  const claimed = (name: string) =>
    found('StatefulSet', {
      spec: { template: { spec: { volumes } }, volumeClaimTemplates: [{ metadata: { name } }] },
    });
  expect(claimed('other')).toContain('PersistentVolumeClaim');
  expect(claimed('data')).toBe('');
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
