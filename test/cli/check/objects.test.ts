import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manifestFiles } from '../../../cli/check/files';
import { objectsIn } from '../../../cli/check/objects';
import { RefusedError } from '../../../cli/terminal/errors';
import { runs } from '../../counts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coped-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (name: string, text: string | Buffer): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n';
const read = () => objectsIn(manifestFiles(folder));
const namesIn = () => read().manifests.map(({ kind, metadata }) => `${kind}/${metadata.name}`);

/** The lines of the error, with the folder left out. */
function errors(): string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof RefusedError)
      return error.message.split('\n').map((reason) => reason.replace(`${folder}/`, ''));
    throw error;
  }
  return [];
}

test('reads several documents, empty ones, comments, JSON and folders in folders, sorted by path', () => {
  mkdirSync(join(folder, 'sub'));
  put('b.yaml', `# nothing yet\n---\n${CONFIG}---\n---\n${CONFIG.replace('one', 'two')}`);
  put('a.json', JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'json' } }));
  put('sub/c.yml', CONFIG.replace('one', 'three'));
  put('notes.txt', 'no manifest');
  mkdirSync(join(folder, 'node_modules'));
  put('node_modules/d.yaml', 'no manifest');
  expect(namesIn()).toEqual(['Secret/json', 'ConfigMap/one', 'ConfigMap/two', 'ConfigMap/three']);
});

test('splits lists, as `kubectl get` prints them', () => {
  put(
    'a.yaml',
    `apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Secret, metadata: {name: x}}\n`,
  );
  expect(namesIn()).toEqual(['Secret/x']);
});

test('resolves anchors and merge keys, and ignores empty fields', () => {
  put('a.yaml', `${CONFIG}data: &data\n  a: "1"\nother:\n  <<: *data\n  b: "2"\nempty:\n`);
  expect(read().manifests).toEqual([
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'one' },
      data: { a: '1' },
      other: { a: '1', b: '2' },
    },
  ]);
});

test('names kinds that are not built in', () => {
  put('a.yaml', `${CONFIG}---\napiVersion: example.org/v1\nkind: Widget\nmetadata: {name: w}\nspec: text\n`);
  expect(read().notes).toEqual([
    `${folder}/a.yaml:7: Widget (example.org/v1) is not a built-in kind; most of its fields, and objects that are made of it, are not checked`,
  ]);
});

const BOMB = `a: &a [x, x, x, x, x, x, x, x, x, x]\n${[...'bcdefgh']
  .map((name, i) => `${name}: &${name} [${Array(10).fill(`*${'abcdefgh'[i]}`).join(', ')}]\n`)
  .join('')}`;

test.each([
  ['no YAML', 'a: [1\nb: 2\n', /^a.yaml:2: is not YAML: Flow sequence/],
  ['a tab', `${CONFIG}\tdata: x\n`, /^a.yaml:5: is not YAML: /],
  ['a key twice', `${CONFIG}kind: Secret\n`, /^a.yaml:5: is not YAML: duplicate key$/],
  ['an unknown alias', `${CONFIG}data: *x\n`, /^a.yaml:5: cannot be read: \*x has no anchor &x before it$/],
  ['aliases that unfold to gigabytes', BOMB, /^a.yaml:1: cannot be read: its aliases unfold to more than/],
  ['a ring of aliases', 'a: &a\n  b: *a\n', /^a.yaml:2: cannot be read: \*a is inside of what it refers to$/],
  ['bytes', Buffer.from([0x61, 0x0a, 0xff, 0xfe]), /^a.yaml:2: is not text in UTF-8: save it as such$/],
  ['a control character', `${CONFIG}data: "\u0000"\n`, /^a.yaml:5: has a control character/],
  ['one of the later ones', `${CONFIG}data: "\u0080"\n`, /^a.yaml:5: has a control character/],
  [
    'nesting without end',
    `${CONFIG}data: ${'['.repeat(20000)}`,
    /^a.yaml:5: .* nested hundreds of levels deep$/,
  ],
  [
    'an invalid kind',
    'apiVersion: v1\nkind: constructor\nmetadata: {name: a}\n',
    /^a.yaml:2: constructor is not a kind: kinds are written like ConfigMap$/,
  ],
  [
    'a name that would write to the terminal',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "\\e[31m\\n", labels: 1}\n',
    /^a.yaml:3: ConfigMap\/\\u001b\[31m\\u000a metadata.labels is not an object$/,
  ],
  ['a text', 'hello\n', /^a.yaml:1: is plain text, not a Kubernetes object$/],
  ['a list', `${CONFIG}---\n- a\n`, /^a.yaml:6: is a list, not a Kubernetes object$/],
  ['no kind', 'image: x\nmetadata: {name: demo}\n', /^a.yaml:1: .*: it has no apiVersion and kind$/],
  ['no name', 'apiVersion: v1\nkind: Secret\n', /^a.yaml:1: .*: it has no metadata.name$/],
  [
    'a list item that is nothing',
    'apiVersion: v1\nkind: List\nitems:\n- 1\n',
    /^a.yaml:4: is plain text, not a Kubernetes object$/,
  ],
  [
    'a label that is a number',
    `${CONFIG}  labels:\n    a: 1\n`,
    /^a.yaml:6: ConfigMap\/one metadata.labels.a is not a string$/,
  ],
  [
    'a map for a list',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n    a: b\n',
    /^a.yaml:6: Pod\/p spec.containers is not a list$/,
  ],
])('says file and line of %s', (_, text, message) => {
  put('a.yaml', text);
  expect(errors()).toEqual([expect.stringMatching(message)]);
});

test('reads an alias as often as it stands there, and a map of many keys at once', () => {
  const length = runs(20);
  const keys = Array.from({ length }, (_, i) => `  key${i}: *a\n`).join('');
  put('a.yaml', `${CONFIG}data:\n  key: &a text\n${keys}`);
  expect(Object.keys(read().manifests[0]?.['data'] ?? {})).toHaveLength(length + 1);
});

test('follows a link to a file, and no link to a folder', () => {
  put('a.yaml', CONFIG);
  symlinkSync('a.yaml', join(folder, 'b.yaml'));
  symlinkSync('.', join(folder, 'up.yaml'));
  expect(namesIn()).toEqual(['ConfigMap/one', 'ConfigMap/one']);
});

test.each([
  ['a link that leads nowhere', 'nowhere', 'a.yaml: is a broken link; fix it, or move it out of the folder'],
  ['a ring of links', 'a.yaml', 'a.yaml: is a broken link; fix it, or move it out of the folder'],
  ['what would be read forever', '/dev/zero', 'a.yaml: is neither a file nor a folder'],
])('refuses %s', (_, target, message) => {
  symlinkSync(target, join(folder, 'a.yaml'));
  expect(errors()).toEqual([message]);
});

test('reports all errors at once', () => {
  put('a.yaml', 'hello\n');
  put('b.yaml', 'a: [\n');
  expect(errors().map((reason) => reason.split(':')[0])).toEqual(['b.yaml', 'a.yaml']);
});

test('refuses a folder without manifests', () => {
  put('README.md', '# no manifest');
  expect(errors()).toEqual([`${folder}: has no .yaml, .yml or .json file in it`]);
});

test('refuses a file of 50 MiB without reading it', () => {
  put('a.yaml', CONFIG);
  truncateSync(put('b.yaml', ''), 50 * 2 ** 20);
  expect(errors()).toEqual([
    'b.yaml: is 50 MiB large, and the limit is 10 MiB; split the file, or move it out of the folder',
  ]);
});
