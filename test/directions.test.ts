import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { filesIn } from './copy';

/** Which folders a folder may import; each may import its own files, and tests may import all. Types count, too. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  formats: [],
  checker: ['formats'],
  lib: ['formats', 'imports'],
  // Components know nothing of environments, and kubernetes/ nothing of COPED.
  'lib/kubernetes': ['formats', 'imports'],
  'lib/components': ['lib/application.ts', 'lib/known.ts', 'lib/kubernetes', 'formats', 'imports'],
  // An application knows no environment.
  'lib/applications': ['lib/application.ts', 'lib/known.ts', 'lib/kubernetes'],
  'lib/environments': [
    'lib/application.ts',
    'lib/known.ts',
    'lib/applications',
    'lib/components',
    'lib/kubernetes',
    'formats',
  ],
  'lib/network': ['lib/application.ts', 'lib/components', 'lib/environments', 'lib/kubernetes'],
  'lib/output': ['lib/kubernetes'],
  local: ['lib', 'formats', 'imports'],
  examples: ['lib'],
  rules: ['lib', 'checker', 'formats'],
  cli: ['rules', 'lib', 'checker', 'formats', 'local', 'package.json'],
  scripts: ['cli', 'rules', 'lib', 'checker', 'examples', 'formats', 'local'],
  'main.ts': ['cli', 'rules', 'lib', 'checker', 'formats', 'local'],
};

const ROOT = join(__dirname, '..');
const sourcesOf = (name: string): string[] => (name.endsWith('.ts') ? [name] : filesIn([name], /\.ts$/));

const isIn = (folder: string, path: string): boolean => path === folder || path.startsWith(`${folder}/`);

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
  const wrong = [...imports].flatMap(([file, imported]) => {
    // The last line that fits is the closest.
    const [folder = '', may = []] =
      Object.entries(MAY)
        .filter(([name]) => isIn(name, file))
        .at(-1) ?? [];
    return imported
      .filter((path) => ![folder, ...may].some((name) => isIn(name, path)))
      .map((path) => `${file} -> ${path}`);
  });
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
