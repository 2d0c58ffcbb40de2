import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, type Node, parse, parseAllDocuments, stringify } from 'yaml';
import { documents } from '../../../cli/check/documents';
import { manifestFiles } from '../../../cli/check/files';
import type { Path } from '../../../cli/check/lines';
import { at, objectsIn, objectsOf } from '../../../cli/check/objects';
import { environments } from '../../../lib/environments';
import { runChecks } from '../../../rules';
import { runs, sample } from '../../counts';
import { fc } from '../../properties';
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
  ['a link that leads nowhere', 'nowhere', 'is a broken link; fix it, or move it out of the folder'],
  ['a ring of links', 'a.yaml', 'is a broken link; fix it, or move it out of the folder'],
  ['what would be read forever', '/dev/zero', 'is neither a file nor a folder'],
])('finds %s, and reads the rest', (_, target, wrong) => {
  symlinkSync(target, folder('a.yaml'));
  put('b.yaml', CONFIG);
  expect(remarks()).toEqual([`a.yaml:1: ${wrong} (a finding)`]);
  expect(namesIn()).toEqual(['ConfigMap/one']);
});

test('refuses a folder without manifests', () => {
  put('README.md', '# no manifest');
  expect(read).toThrow(`${folder()}: has no .yaml, .yml or .json file in it`);
});

test('finds a file of 50 MiB without reading it', () => {
  put('a.yaml', CONFIG);
  truncateSync(put('b.yaml', ''), 50 * 2 ** 20);
  expect(remarks()).toEqual([
    'b.yaml:1: is 50 MiB large, and the limit is 10 MiB; split it, or move it out of the folder (a finding)',
  ]);
});

test('notes what a kustomization patches with, wherever that is', () => {
  mkdirSync(folder('overlay'));
  put(
    'overlay/kustomization.yaml',
    'patches:\n- path: ../replicas.yaml\npatchesStrategicMerge: [image.yaml]\n',
  );
  put('overlay/image.yaml', CONFIG);
  put('replicas.yaml', CONFIG);
  put(
    'web-patch.yaml',
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2}\n',
  );
  put('dispatch.yaml', 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2}\n');
  const patch = 'is a patch, a part of an object: check what `kubectl kustomize` prints';
  expect(remarks()).toEqual([
    `overlay/image.yaml:1: ${patch}`,
    'overlay/kustomization.yaml:1: is not a Kubernetes object: it has no apiVersion and kind',
    `replicas.yaml:1: ${patch}`,
    `web-patch.yaml:1: ${patch}`,
    'dispatch.yaml:4: Deployment/web spec.selector is missing',
    'dispatch.yaml:4: Deployment/web spec.template is missing',
  ]);
});

test('leaves an object with a wrong value to others that refer to it', () => {
  put('a.yaml', `${CONFIG}data: {a: x, b: 1}\n`);
  expect(read().manifests).toEqual([
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'one' }, data: { a: 'x' } },
  ]);
});

test('reads values as kubectl does', () => {
  const words =
    'yes, off, y, 0440, 0x1F, -0b11, 0o17, 1_000, 08, 1e3, .5, 12:30, 2001-12-14, ., 1.2, 1.2.3, !x a';
  const { parts } = documents(put('a.yaml', `[${words}]`));
  expect(parts[0]?.value).toEqual([
    true,
    false,
    true,
    288,
    31,
    -3,
    15,
    1000,
    8,
    1000,
    0.5,
    '12:30',
    '2001-12-14',
    '.',
    1.2,
    '1.2.3',
    'a',
  ]);
});

// The other parser has a tree with the place of everything, and takes seven times as long.
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('web', '0440', '12:30', 'yes', '2001-12-14', 'two\nlines\n', 'x: "y" # z', ''),
    fc.constantFrom(1, -7, 0.5, true, false),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', '1', 'true', 'a.b/c', '<'), tie('value'), { maxKeys: 3 }),
  ),
})).value;

const layout = fc.record({
  indentSeq: fc.boolean(),
  collectionStyle: fc.constantFrom<'any' | 'flow'>('any', 'flow'),
});

const paths = (part: unknown, path: Path = []): Path[] => [
  path,
  ...(typeof part === 'object' && part !== null
    ? Object.entries(part).flatMap(([key, child]) =>
        paths(child, [...path, Array.isArray(part) ? Number(key) : key]),
      )
    : []),
];

test('reads what was written, and knows in which line', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 3 }), layout, (values, options) => {
      const text = values.map((one) => `---\n${stringify(one, { version: '1.1', ...options })}`).join('');
      const { parts } = documents(put('a.yaml', text));
      expect(parts.map((part) => part.value)).toEqual(values);
      const lines = new LineCounter();
      parseAllDocuments(text, { lineCounter: lines, version: '1.1' }).forEach((document, i) => {
        for (const path of paths(values[i])) {
          const [start] = (document.getIn(path, true) as Node).range ?? [0];
          expect(parts[i]?.line(path)).toBe(lines.linePos(start).line);
        }
      });
    }),
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
