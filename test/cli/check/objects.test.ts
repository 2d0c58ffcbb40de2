import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { manifestFiles } from '../../../cli/check/files';
import { at, objectsIn, objectsOf } from '../../../cli/check/objects';
import { environments } from '../../../lib/environments';
import { runChecks } from '../../../rules';
import { runs, sample } from '../../counts';
import { manifestsOf } from '../../support';
import { temporaryFolder } from '../temporary';

const folder = temporaryFolder();
const put = (name: string, text: string | Buffer): string => {
  writeFileSync(folder(name), text);
  return folder(name);
};
const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n';
const read = () => objectsIn(manifestFiles(folder()));
const namesIn = () => read().manifests.map(({ kind, metadata }) => `${kind}/${metadata.name}`);

/** What is said of what is no object, and of what is wrong in one, with the folder left out. */
function remarks(): string[] {
  const { remarks: all, unfit } = read();
  return [
    ...all.map(({ file, line, wrong, meant }) => `${file}:${line}: ${wrong}${meant ? ' (a finding)' : ''}`),
    ...unfit.flatMap(({ manifest: { kind, metadata }, place, misfits }) =>
      misfits.map(
        ({ path, wrong }) => `${at(place, path)}: ${kind}/${metadata.name} ${path.join('.')} ${wrong}`,
      ),
    ),
  ].map((text) => text.replace(`${folder()}/`, ''));
}

test('reads several documents, empty ones, comments, JSON and folders in folders, sorted by path', () => {
  mkdirSync(folder('sub'));
  put('b.yaml', `# nothing yet\n---\n${CONFIG}---\n---\n${CONFIG.replace('one', 'two')}`);
  put('a.json', JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'json' } }));
  put('sub/c.yml', CONFIG.replace('one', 'three'));
  put('notes.txt', 'no manifest');
  mkdirSync(folder('node_modules'));
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
  expect(remarks()).toEqual([
    `a.yaml:7: Widget (example.org/v1) is not a built-in kind; most of its fields, and objects that are made of it, are not checked`,
  ]);
});

const ODD: Readonly<Record<string, string | Buffer>> = {
  ...parse(readFileSync(join(__dirname, 'odd.yaml'), 'utf8')),
  bytes: Buffer.from([0x61, 0x0a, 0xff, 0xfe]),
  'deep nesting': `CONFIGdata: ${'['.repeat(20000)}`,
};

test('says of each odd file what it is, and where', () => {
  const found = Object.entries(ODD).map(([what, text]) => {
    put('a.yaml', typeof text === 'string' ? text.replaceAll('CONFIG', CONFIG) : text);
    return `${what}\n  ${remarks().join('\n  ')}\n`;
  });
  expect(found.join('')).toMatchSnapshot();
});

test('reads repeated aliases, and a map of many keys at once', () => {
  const length = runs(20);
  const keys = Array.from({ length }, (_, i) => `  key${i}: *a\n`).join('');
  put('a.yaml', `${CONFIG}data:\n  key: &a text\n${keys}`);
  expect(Object.keys(read().manifests[0]?.['data'] ?? {})).toHaveLength(length + 1);
});

test('follows a link to a file, and no link to a folder', () => {
  put('a.yaml', CONFIG);
  symlinkSync('a.yaml', folder('b.yaml'));
  symlinkSync('.', folder('up.yaml'));
  expect(namesIn()).toEqual(['ConfigMap/one', 'ConfigMap/one']);
});

test.each([
  ['a link that leads nowhere', 'nowhere', 'a.yaml: is a broken link; fix it, or move it out of the folder'],
  ['a ring of links', 'a.yaml', 'a.yaml: is a broken link; fix it, or move it out of the folder'],
  ['what would be read forever', '/dev/zero', 'a.yaml: is neither a file nor a folder'],
])('refuses %s', (_, target, message) => {
  symlinkSync(target, folder('a.yaml'));
  expect(read).toThrow(message);
});

test('refuses a folder without manifests', () => {
  put('README.md', '# no manifest');
  expect(read).toThrow(`${folder()}: has no .yaml, .yml or .json file in it`);
});

test('refuses a file of 50 MiB without reading it', () => {
  put('a.yaml', CONFIG);
  truncateSync(put('b.yaml', ''), 50 * 2 ** 20);
  expect(read).toThrow(
    'b.yaml: is 50 MiB large, and the limit is 10 MiB; split the file, or move it out of the folder',
  );
});

// One object of each kind in dist/: no value in any of its fields leads to a stack trace.
const samples = new Map(
  environments.flatMap(manifestsOf).map((manifest) => [manifest.kind, manifest] as const),
);

/** The object with another value at each of its places in turn. */
function* variants(value: unknown, other: unknown): Generator<unknown> {
  yield other;
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    const child = (value as Record<string, unknown>)[key];
    for (const changed of variants(child, other)) {
      const copy = Array.isArray(value) ? [...value] : { ...value };
      (copy as Record<string, unknown>)[key] = changed;
      yield copy;
    }
  }
}

const OTHERS: readonly unknown[] = [undefined, 'x', -1, true, [], ['x'], [{}], {}, { x: 'y' }];

test.each([...samples])('%s with another value at any place is checked as far as it can be', (_, object) => {
  const failures = OTHERS.flatMap((other, i) =>
    sample([...variants(object, other)], 4, i).flatMap((value) => {
      try {
        const { manifests } = objectsOf({ parts: [{ file: 'x', value, line: () => 1 }], remarks: [] });
        runChecks({ environment: 'x', manifests });
        return [];
      } catch (error) {
        return [`${(error as Error).stack}\n${JSON.stringify(value)}`];
      }
    }),
  );
  expect(failures.slice(0, 3)).toEqual([]);
});
