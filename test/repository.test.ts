import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn, sourceFolders } from './copy';
import { alone, groups, membersOf } from './together/members';

const ROOT = join(__dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const lines = (path: string) => read(path).trimEnd().split('\n').length;
const sources = filesIn([...sourceFolders, 'examples', 'scripts', 'test'], /\.ts$/);

test('main.ts is a list, not a program', () => {
  expect(lines('main.ts')).toBeLessThanOrEqual(25);
});

test('no source file is longer than 200 lines, no test longer than 400', () => {
  const most = (path: string) => (path.startsWith('test') ? 400 : 200);
  expect(sources.filter((path) => lines(path) > most(path))).toEqual([]);
});

test('nothing below cli/ has ambient input: the same commit gives the same bytes', () => {
  const ambient =
    /process\.(env|argv|cwd)|Date\.now|new Date\(|Math\.random|randomBytes|randomUUID|node:(child_process|http|https|net|os)'/;
  // Parse addresses, open no connection.
  const allowed = [join('formats', 'cidr.ts'), join('checker', 'reachability', 'reachability.ts')];
  const found = sources
    .filter((path) => /^(checker|examples|formats|lib|rules)/.test(path) && !allowed.includes(path))
    .filter((path) => ambient.test(read(path)));
  expect(found).toEqual([]);
});

test('every decision is in their list, in order', () => {
  const folder = join('docs', 'decisions');
  const files = readdirSync(join(ROOT, folder)).filter((file) => /^\d{4}-/.test(file));
  const rows = files.sort().map((file) => {
    const [, number, title] = /^# (\d+)\. (.+)$/m.exec(read(join(folder, file))) ?? [];
    return `| ${number} | [${title}](${file}) |\n`;
  });
  expect(read(join(folder, 'README.md'))).toContain(rows.join(''));
});

test('every version is exact', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));
  const versions: string[] = Object.values({ ...dependencies, ...devDependencies });
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test('the lockfile holds the binaries of every platform: `npm ci` refuses it otherwise, and laptops differ', () => {
  const { packages }: { packages: Record<string, { optionalDependencies?: object }> } = JSON.parse(
    read('package-lock.json'),
  );
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
    ),
  );
  expect(missing).toEqual([]);
});

test('the lockfile names no registry, and installing runs no script', () => {
  expect(read('package-lock.json')).not.toContain('"resolved"');
  expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m);
});

test('`npm test` runs every test file once, in a group or alone', () => {
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' });
  const tests = files.filter((path) => path.endsWith('.test.ts'));
  expect([...groups.flatMap(membersOf), ...alone()].sort()).toEqual(tests.sort());
  expect(groups.filter((group) => membersOf(group).length === 0)).toEqual([]);
  expect(files.filter((path) => path.endsWith('.group.ts')).sort()).toEqual(
    groups.map((group) => join('together', `${group}.group.ts`)).sort(),
  );
});
