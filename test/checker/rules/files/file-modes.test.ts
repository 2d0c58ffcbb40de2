import type { Json } from '../../../../checker/manifests/manifest';
import { fileModes } from '../../../../checker/rules/files/file-modes';
import { broken, found, good, MAIN, main } from '../../fixture';

const POD = MAIN.replace('.containers[web]', '');

/** A Secret in the pods of web, mounted by its container. */
const mounted = (source: Json, ofPod: Json, ofContainer: Json = {}) =>
  found(
    fileModes,
    broken('Deployment/web', (web) => {
      const { spec } = web.spec.template;
      spec.securityContext = ofPod;
      main(web).securityContext = ofContainer;
      spec.volumes = [{ name: 'files', ...source }];
      main(web).volumeMounts = [{ name: 'files', mountPath: '/files' }];
    }),
  );
const secret = (defaultMode: number) => ({ secret: { secretName: 'coped-tls', defaultMode } });

test('finds nothing in a good environment', () => {
  expect(found(fileModes, good())).toEqual([]);
});

test.each<[string, Json, string]>([
  ['a Secret', secret(0), 'secret.defaultMode'],
  ['a ConfigMap', { configMap: { name: 'django', defaultMode: 0 } }, 'configMap.defaultMode'],
  ['several in one', { projected: { defaultMode: 0, sources: [] } }, 'projected.defaultMode'],
])('finds that nobody may read %s, whatever the kubelet makes of it', (_, source, path) => {
  const wrong = 'lets nobody read the files';
  expect(mounted(source, { fsGroup: 999 })).toEqual([[`${POD}.volumes[files].${path}`, 0, wrong]]);
});

test('finds it for a single file', () => {
  const items = [{ key: 'password', path: 'password', mode: 0o200 }];
  const source = { projected: { sources: [{ secret: { name: 'coped-tls', items } }] } };
  const where = `${POD}.volumes[files].projected.sources[0].secret.items[password].mode`;
  expect(mounted(source, {})).toEqual([[where, 0o200, 'lets nobody read the files']]);
});

const wrong = 'does not let the user of container web read the files, which belong to root';

test.each<[string, number, Json, Json]>([
  ['the owner alone', 0o400, { runAsUser: 1000 }, {}],
  ['a group that the user is not in', 0o440, { runAsUser: 1000, runAsGroup: 1000 }, {}],
  // 0440, without its zero.
  ['the wrong people', 440, { runAsUser: 1000, runAsGroup: 1000 }, {}],
  ['the owner alone, and the container is another', 0o400, { runAsUser: 0 }, { runAsUser: 1000 }],
])('finds files for %s', (_, mode, ofPod, ofContainer) => {
  expect(mounted(secret(mode), ofPod, ofContainer)).toEqual([
    [`${POD}.volumes[files].secret.defaultMode`, mode, wrong],
  ]);
});

test.each<[string, number, Json]>([
  ['everybody', 0o444, { runAsUser: 1000, runAsGroup: 1000 }],
  // The kubelet gives the files to the group, and adds 0440.
  ['the group of the pod', 0o400, { runAsUser: 1000, fsGroup: 1000 }],
  ['root', 0o400, { runAsUser: 0 }],
  ['somebody whom only the image knows', 0o400, {}],
  ['the group of root', 0o440, { runAsUser: 1000 }],
  ['a further group', 0o440, { runAsUser: 1000, runAsGroup: 1000, supplementalGroups: [0] }],
])('lets %s read', (_, mode, ofPod) => {
  expect(mounted(secret(mode), ofPod)).toEqual([]);
});
