import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { filesIn } from './copy';

/** Which folders a folder may import; each may import its own files, and tests may import all. Types count, too. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  formats: [],
  checker: ['formats'],
  lib: ['formats', 'imports'],
  local: ['lib', 'formats', 'imports'],
  rules: ['lib', 'checker', 'formats'],
  cli: ['rules', 'lib', 'checker', 'formats', 'local', 'package.json'],
  scripts: ['cli', 'rules', 'lib', 'checker', 'formats', 'local'],
  'main.ts': ['cli', 'rules', 'lib', 'checker', 'formats', 'local'],
};

const ROOT = join(__dirname, '..');
const sourcesOf = (name: string): string[] => (name.endsWith('.ts') ? [name] : filesIn([name], /\.ts$/));

const topOf = (path: string): string => path.split('/')[0] ?? '';

/** `import … from './a'`, `export … from './a'`, `import('./a')` and `require('./a')`. */
const IMPORT = /\b(?:from|import|require)\s*\(?\s*['"](\.[^'"]+)['"]/g;

const files = new Set(Object.keys(MAY).flatMap(sourcesOf));

/** What each file imports of this repository; what is no file of these folders stays as it is written. */
const imports = new Map(
  [...files].map((file) => [
    file,
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(IMPORT)].map(([, specifier = '']) => {
      const path = normalize(join(dirname(file), specifier)).replaceAll('\\', '/');
      return [`${path}.ts`, `${path}/index.ts`].find((candidate) => files.has(candidate)) ?? path;
    }),
  ]),
);

test('imports point one way: lib and checker know nothing of each other, and nothing imports upwards', () => {
  const wrong = [...imports].flatMap(([file, imported]) =>
    imported
      .filter((path) => topOf(path) !== topOf(file) && !MAY[topOf(file)]?.includes(topOf(path)))
      .map((path) => `${file} -> ${path}`),
  );
  expect(wrong).toEqual([]);
});

/** The same within lib/. */
const MAY_IN_LIB: Readonly<Record<string, readonly string[]>> = {
  kubernetes: [],
  components: ['kubernetes'],
  environments: ['components', 'kubernetes'],
  network: ['components', 'environments', 'kubernetes'],
  output: ['kubernetes'],
};

test('in lib/, components know nothing of environments, and kubernetes/ nothing of COPED', () => {
  const folderOf = (path: string): string => (path.startsWith('lib/') ? (path.split('/')[1] ?? '') : '');
  const wrong = [...imports].flatMap(([file, imported]) =>
    imported
      .filter((path) => path.startsWith('lib/') && folderOf(file) in MAY_IN_LIB)
      .filter(
        (path) => folderOf(path) !== folderOf(file) && !MAY_IN_LIB[folderOf(file)]?.includes(folderOf(path)),
      )
      .map((path) => `${file} -> ${path}`),
  );
  expect(wrong).toEqual([]);
});

test('no file imports itself, over however many others', () => {
  const circles: string[] = [];
  const seen = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    if (seen.has(file)) return;
    seen.add(file);
    for (const next of imports.get(file) ?? []) visit(next, [...path, file]);
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});
