import {
  chmodSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { parse } from 'yaml';
import type { Options } from '../../../cli/cluster/execute';
import { type Context, Copy } from '../../../cli/dev/copy';
import { orderFor, pathsOf, sourcesIn, Tree } from '../../../cli/dev/tree';
import { sample } from '../../../lib/applications/sample';
import { folderWith, save } from './folders';

const FILES = { 'a.py': 'a', 'deep/b.py': 'b', 'deep/er/c.html': 'c' };
const treeOf = (folder: string) =>
  new Tree({ name: 'app', context: 'app', folder, target: '/app', ignores: (path) => path.endsWith('.pyc') });
const digests = (tree: Tree) => new Map([...tree.look().files].map(([path, { digest }]) => [path, digest]));

test('finds every file and folder, but what is ignored', () => {
  const folder = folderWith({ ...FILES, 'a.pyc': 'x' });
  const { files, folders } = treeOf(folder).look();
  expect([...files.keys()].sort()).toEqual(['a.py', 'deep/b.py', 'deep/er/c.html']);
  expect([...folders.keys()]).toEqual([folder, join(folder, 'deep'), join(folder, 'deep', 'er')]);
});

test('notices what is saved: in place, by renaming, with the same size and time', () => {
  const folder = folderWith(FILES);
  const tree = treeOf(folder);
  const before = digests(tree);
  expect(digests(tree)).toEqual(before);

  writeFileSync(join(folder, 'a.py'), 'A');
  save(folder, { 'deep/.new': 'B' });
  renameSync(join(folder, 'deep/.new'), join(folder, 'deep/b.py'));
  utimesSync(join(folder, 'deep/b.py'), 1, 1);
  rmSync(join(folder, 'deep/er'), { recursive: true });
  save(folder, { 'new/d.py': 'd' });
  const order = orderFor(tree.look(), before);
  expect(order.write.map(([path]) => path).sort()).toEqual(['a.py', 'deep/b.py', 'new/d.py']);
  expect(order.delete).toEqual(['deep/er/c.html']);
});

test('a program stays one; other rights are those of the pod', () => {
  const folder = folderWith(FILES);
  chmodSync(join(folder, 'a.py'), 0o700);
  chmodSync(join(folder, 'deep/b.py'), 0o600);
  const { files } = treeOf(folder).look();
  expect(files.get('a.py')?.mode).toBe(0o755);
  expect(files.get('deep/b.py')?.mode).toBe(0o644);
});

test('links inside are links in the pod, too; those that lead out are left out, and not followed', () => {
  const folder = folderWith(FILES);
  symlinkSync('deep/b.py', join(folder, 'inside'));
  symlinkSync('../outside', join(folder, 'out'));
  symlinkSync('/etc/passwd', join(folder, 'deep', 'passwd'));
  symlinkSync('..', join(folder, 'deep', 'loop'));
  const look = treeOf(folder).look();
  const { files, leftOut } = look;
  expect(files.get('inside')).toMatchObject({ digest: '-> deep/b.py', to: 'deep/b.py' });
  expect([...leftOut]).toEqual([
    ['deep/loop', 'a link out of app'],
    ['deep/passwd', 'a link out of app'],
    ['out', 'a link out of app'],
  ]);
  expect(orderFor(look, new Map()).link).toEqual([['inside', 'deep/b.py']]);
});

test.each([
  'deep',
  'deep/b.py',
])('what "%s" leads to is not sent, where it has become a link since', async (swapped) => {
  // The folder itself may be behind one.
  const [real, outside] = [folderWith(FILES), folderWith({ 'deep/b.py': 'secret' })];
  const folder = join(outside, 'link');
  symlinkSync(real, folder);
  const tree = treeOf(folder);
  let sent = '';
  const attempt = (_: unknown, { input }: Options) =>
    new Promise(() => (input as Readable).on('data', (text) => (sent += text)));
  const context = { kubectl: { attempt }, rounds: { sent: () => {} } } as unknown as Context;
  const copy = new Copy(
    context,
    { component: 'web', source: tree.source, probes: [] },
    { pod: 'web', component: 'web', ending: false },
  );
  void copy.run();
  const order = orderFor(tree.look(), new Map());
  renameSync(join(folder, swapped), join(outside, 'moved'));
  symlinkSync(join(outside, swapped), join(folder, swapped));
  copy.bring(order, 1);
  await new Promise(setImmediate);
  expect(sent).toMatch(/"a\.py",1,\d+\].*\na/);
  expect(sent).not.toContain('secret');
});

test('what would fill the pod is left out, and stays as the image has it', () => {
  const folder = folderWith(FILES);
  writeFileSync(join(folder, 'dump'), '');
  truncateSync(join(folder, 'dump'), 17 * 1024 ** 2);
  const look = treeOf(folder).look();
  expect(look.files.has('dump')).toBe(false);
  expect([...look.leftOut]).toEqual([['dump', 'larger than 16 MiB']]);
  expect(orderFor(look, new Map([['dump', '1']])).delete).toEqual([]);
});

test('a folder that disappears is an error, not an order to delete everything', () => {
  const folder = folderWith(FILES);
  const tree = treeOf(folder);
  rmSync(folder, { recursive: true });
  expect(() => tree.look()).toThrow('ENOENT');
});

test('a file that has become a link, and the other way round', () => {
  const files = new Map([
    ['a', { digest: '-> b', mode: 0o777, to: 'b' }],
    ['b', { digest: '1', mode: 0o644 }],
  ]);
  const present = new Map([
    ['a', '1'],
    ['b', '-> a'],
  ]);
  expect(pathsOf(orderFor({ files, leftOut: new Map() }, present))).toEqual(['b', 'a']);
});

const PATHS: Readonly<Record<string, boolean>> = parse(readFileSync(join(__dirname, 'copied.yaml'), 'utf8'));

const [django, dashboards] = sourcesIn(
  folderWith({
    'app/django/.dockerignore': '.*\nstatic\n*.in\n**/__pycache__\n',
    'app/dashboards/.dockerignore': 'tests\nnotebooks/drafts\n',
  }),
  sample,
);

test.each(Object.entries(PATHS))('a pod has a copy of %s: %s', (path, isCopied) => {
  expect(django?.ignores(path)).toBe(!isCopied);
});

test('lines of a .dockerignore count from the folder that the image is built from', () => {
  expect(dashboards?.ignores('drafts/half.ipynb')).toBe(true);
  expect(dashboards?.ignores('projects.ipynb')).toBe(false);
  expect(dashboards?.ignores('.ipynb_checkpoints/projects.ipynb')).toBe(true);
});
