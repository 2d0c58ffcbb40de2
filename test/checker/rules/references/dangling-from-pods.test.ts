import type { Json } from '../../../../checker/manifests/manifest';
import { dangling } from '../../../../checker/rules/references/dangling';
import { broken, found, MAIN, main } from '../../fixture';

const POD = 'Deployment/web spec.template.spec';
const MAP = 'names a ConfigMap that does not exist';
const SECRET = 'names a Secret that does not exist';

test.each<[string, (web: Json) => void, string, string, string]>([
  [
    'serviceAccountName',
    (web) => {
      web.spec.template.spec.serviceAccountName = 'x';
    },
    `${POD}.serviceAccountName`,
    'x',
    'names a ServiceAccount that does not exist',
  ],
  [
    'imagePullSecrets',
    (web) => {
      web.spec.template.spec.imagePullSecrets = [{ name: 'x' }];
    },
    `${POD}.imagePullSecrets[x]`,
    'x',
    SECRET,
  ],
  [
    'envFrom ConfigMap',
    (web) => {
      main(web).envFrom = [{ configMapRef: { name: 'x' } }];
    },
    `${MAIN}.envFrom[0].configMapRef`,
    'x',
    MAP,
  ],
  [
    'envFrom Secret',
    (web) => {
      main(web).envFrom = [{ secretRef: { name: 'x' } }];
    },
    `${MAIN}.envFrom[0].secretRef`,
    'x',
    SECRET,
  ],
  [
    'env Secret',
    (web) => {
      main(web).env = [{ name: 'E', valueFrom: { secretKeyRef: { name: 'x', key: 'k' } } }];
    },
    `${MAIN}.env[E].valueFrom.secretKeyRef`,
    'x',
    SECRET,
  ],
  [
    'env key',
    (web) => {
      main(web).env = [{ name: 'E', valueFrom: { configMapKeyRef: { name: 'web', key: 'k' } } }];
    },
    `${MAIN}.env[E].valueFrom.configMapKeyRef`,
    'k',
    'is not a key of ConfigMap/web',
  ],
  [
    'volume ConfigMap',
    (web) => {
      web.spec.template.spec.volumes[0] = { name: 'secrets', configMap: { name: 'x' } };
    },
    `${POD}.volumes[secrets].configMap`,
    'x',
    MAP,
  ],
  [
    'volume Secret',
    (web) => {
      web.spec.template.spec.volumes[0] = { name: 'secrets', secret: { secretName: 'x' } };
    },
    `${POD}.volumes[secrets].secret`,
    'x',
    SECRET,
  ],
  [
    'volume claim',
    (web) => {
      web.spec.template.spec.volumes[0] = { name: 'secrets', persistentVolumeClaim: { claimName: 'x' } };
    },
    `${POD}.volumes[secrets].persistentVolumeClaim.claimName`,
    'x',
    'names a PersistentVolumeClaim that does not exist',
  ],
  [
    'projected key',
    (web) => {
      web.spec.template.spec.volumes[0].projected.sources[0].secret.items[0].key = 'k';
    },
    `${POD}.volumes[secrets].projected.sources[0].secret`,
    'k',
    'is not a key of Secret/postgres-application',
  ],
  [
    'projected ConfigMap',
    (web) => {
      web.spec.template.spec.volumes[0].projected.sources = [{ configMap: { name: 'x' } }];
    },
    `${POD}.volumes[secrets].projected.sources[0].configMap`,
    'x',
    MAP,
  ],
  [
    'volume mount',
    (web) => {
      main(web).volumeMounts[0].name = 'x';
    },
    `${MAIN}.volumeMounts[x]`,
    'x',
    'is a volume that the pod does not have',
  ],
])('finds a %s that leads nowhere', (_, change, where, value, wrong) => {
  expect(found(dangling, broken('Deployment/web', change))).toEqual([[where, value, wrong]]);
});

test('accepts a missing object where the reference says that it is optional', () => {
  const subject = broken('Deployment/web', (web) => {
    main(web).envFrom = [{ configMapRef: { name: 'x', optional: true } }];
  });
  expect(found(dangling, subject)).toEqual([]);
});

test('an optional key of a Secret that somebody puts there is one of those that are ever in it', () => {
  const subject = broken('Deployment/web', (web) => {
    const { sources } = web.spec.template.spec.volumes[0].projected;
    sources.push(structuredClone(sources[0]));
    Object.assign(sources[1].secret, { items: [{ key: 'previuos', path: 'previous' }], optional: true });
  });
  const secrets = { ...subject.externalSecrets };
  const [name = ''] = Object.keys(secrets);
  const at = `${POD}.volumes[secrets].projected.sources[1].secret`;
  const target = subject.manifests.find(
    ({ kind, metadata }) => `${kind}/${metadata.name}` === 'Deployment/web',
  )?.spec.template.spec.volumes[0].projected.sources[1].secret;
  target.name = name;
  expect(found(dangling, subject)).toEqual([[at, 'previuos', `is not a key of Secret/${name}`]]);
  const known = { ...secrets, [name]: [...(secrets[name] ?? []), 'previuos'] };
  expect(found(dangling, { ...subject, externalSecrets: known })).toEqual([]);
});

test('knows the account that every namespace has', () => {
  const subject = broken('Deployment/web', (web) => {
    delete web.spec.template.spec.serviceAccountName;
  });
  expect(found(dangling, subject)).toEqual([]);
});
