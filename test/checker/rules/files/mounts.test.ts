import type { Json } from '../../../../checker/manifests/manifest';
import { mountPaths } from '../../../../checker/rules/files/mounts';
import { broken, found, MAIN, main } from '../../fixture';

const mounting = (mounts: Json[], volumes: Json[] = []) =>
  found(
    mountPaths,
    broken('Deployment/web', (web) => {
      main(web).volumeMounts.push(...mounts);
      web.spec.template.spec.volumes.push(...volumes);
    }),
  );
const at = (name: string) => `${MAIN}.volumeMounts[${name}]`;
const CONFIG = { name: 'config', configMap: { name: 'web' } };

test.each(['/run/secrets', '/run/secrets/'])('finds two volumes at one path: %s', (mountPath) => {
  expect(mounting([{ name: 'x', mountPath }])).toEqual([
    [at('x'), '/run/secrets', 'is where the volume secrets is mounted already'],
  ]);
});

test.each<[string, Json]>([
  ['configMap', { configMap: { name: 'web' } }],
  ['secret', { secret: { secretName: 'postgres-superuser' } }],
  ['downwardAPI', { downwardAPI: { items: [{ path: 'labels' }] } }],
  ['projected', { projected: { sources: [{ configMap: { name: 'web' } }] } }],
])('finds a file inside a volume that nobody can write to, and accepts a folder: %s', (_, source) => {
  const outer = { name: 'outer', mountPath: '/etc/app' };
  const file = { name: 'config', mountPath: '/etc/app/more', subPath: 'LOG_LEVEL' };
  const folder = { name: 'inner', mountPath: '/etc/app/more' };
  expect(mounting([outer, file], [{ name: 'outer', ...source }, CONFIG])).toEqual([
    [at('config'), '/etc/app/more', 'lies in the volume outer, in which no file can be made'],
  ]);
  expect(mounting([outer, folder], [{ name: 'outer', ...source }])).toEqual([]);
});

test('finds a folder inside a part of a volume', () => {
  const items = [{ key: 'LOG_LEVEL', path: 'part/LOG_LEVEL' }];
  const outer = { name: 'outer', mountPath: '/etc/app', subPath: 'part' };
  const volume = { name: 'outer', configMap: { name: 'web', items } };
  expect(mounting([outer, { name: 'inner', mountPath: '/etc/app/more' }], [volume])).toEqual([
    [at('inner'), '/etc/app/more', 'lies in the volume outer, in which nothing can be made'],
  ]);
});

test.each<[string, Json]>([
  ['emptyDir', { emptyDir: {} }],
  ['a claim', { persistentVolumeClaim: { claimName: 'backup' } }],
])('accepts a volume inside %s', (_, source) => {
  const mounts = [
    { name: 'outer', mountPath: '/etc/app' },
    { name: 'inner', mountPath: '/etc/app/more' },
    { name: 'beside', mountPath: '/etc/application' },
  ];
  expect(mounting(mounts, [{ name: 'outer', ...source }])).toEqual([]);
});

test('accepts a mount point that the volume has', () => {
  const inner = { name: 'inner', mountPath: '/etc/app/LOG_LEVEL' };
  expect(mounting([{ name: 'config', mountPath: '/etc/app' }, inner], [CONFIG])).toEqual([]);
});

test('finds a part that the volume does not have', () => {
  const part = (subPath: string) => mounting([{ name: 'config', mountPath: '/etc/x', subPath }], [CONFIG]);
  expect(part('LOG_LEVEL')).toEqual([]);
  expect(part('LOG')).toEqual([[`${at('config')}.subPath`, 'LOG', 'is not in the volume config']]);
});

test('finds two files of one name in a projected volume', () => {
  const source = { configMap: { name: 'web', items: [{ key: 'LOG_LEVEL', path: 'a' }] } };
  const volume = { name: 'both', projected: { sources: [source, source] } };
  expect(mounting([{ name: 'both', mountPath: '/etc/x' }], [volume])).toEqual([
    [at('both'), 'a', 'is in the volume both twice'],
  ]);
});

test('does not guess what is in a volume that comes from elsewhere', () => {
  const volume = { name: 'other', configMap: { name: 'of-somebody-else' } };
  const mounts = [
    { name: 'other', mountPath: '/etc/x', subPath: 'a' },
    { name: 'inner', mountPath: '/etc/x/b' },
  ];
  expect(mounting(mounts, [volume])).toEqual([]);
});

test('survives mounts that are not what they should be', () => {
  expect(
    mounting(
      [null, {}, { name: 'secrets' }, { name: 'x', mountPath: 7 }],
      [null, { name: 'y', projected: {} }],
    ),
  ).toEqual([]);
});
