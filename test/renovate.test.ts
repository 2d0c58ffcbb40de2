import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultImages } from '../lib/components/images';

const ROOT = join(__dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const config = JSON.parse(read('.github/renovate.json'));
const files = ['.ci', '.github', 'app', 'test/e2e', 'lib/components', 'local'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1)),
);

/** Renovate writes a regular expression over paths between slashes. */
const isManaged = (manager: { managerFilePatterns: string[] }, path: string) =>
  manager.managerFilePatterns.some((pattern) => new RegExp(pattern.slice(1, -1)).test(path));

/** What Renovate finds in a file by the expressions that are ours: `name version`. */
const found = (path: string, text = read(path)): string[] =>
  config.customManagers
    .filter((manager: { managerFilePatterns: string[] }) => isManaged(manager, path))
    .flatMap(({ matchStrings }: { matchStrings: string[] }) =>
      matchStrings.flatMap((pattern) => [...text.matchAll(new RegExp(pattern, 'g'))]),
    )
    .map(({ groups }: RegExpMatchArray) => [groups?.depName, groups?.currentValue, groups?.currentDigest])
    .map((parts: (string | undefined)[]) => parts.filter(Boolean).join(' '));

test.each(
  Object.entries(defaultImages),
)('the image of %s, which is not ours, is watched', (name, reference) => {
  const component =
    files.find((path) => path.startsWith('lib/components') && path.endsWith(`/${name}.ts`)) ?? '';
  expect(found(component)).toEqual([reference.replace(/:(?=[^/]+$)/, ' ').replace('@', ' ')]);
});

test('an image keeps its digest apart', () => {
  const digest = `sha256:${'0'.repeat(64)}`;
  const text = `\n  image: 'docker.io/library/postgres:17.13-trixie@${digest}',\n`;
  expect(found('lib/components/postgres/postgres.ts', text)).toEqual([
    `docker.io/library/postgres 17.13-trixie ${digest}`,
  ]);
});

test('every image that the laptop or the suite takes from a registry is watched', () => {
  const paths = files.filter((path) => /^(test\/e2e\/.*\.ts|local\/.*\.yml)$/.test(path));
  // Images that are loaded rather than pulled, and one that is meant not to exist.
  const pulled = /'docker\.io\/(?!coped\/)[\w./-]+:(?!0\.0\.0-none)[^']+'/g;
  const there = paths.flatMap((path) => read(path).match(pulled) ?? []);
  const watched = paths.flatMap((path) => found(path));
  expect(there.length).toBeGreaterThan(1);
  expect(watched).toEqual(there.map((image) => image.slice(1, -1).replace(/:(?=[^/]+$)/, ' ')));
});

test('every program that is installed with Go is watched', () => {
  const paths = files.filter((path) => /^\.(ci|github)\//.test(path) && !path.endsWith('.json'));
  const there = paths.flatMap((path) => read(path).match(/go install \S+@\S+/g) ?? []);
  const watched = paths.flatMap((path) => found(path));
  expect(there.length).toBeGreaterThan(0);
  expect(watched.map((name) => name.split(' ')[1])).toEqual(there.map((command) => command.split('@')[1]));
});

test('every list of Python packages says the command that makes it', () => {
  const lists = files.filter((path) => /^app\/.*requirements[^/]*\.txt$/.test(path));
  for (const path of lists) {
    expect(isManaged(config['pip-compile'], path)).toBe(true);
    const name = path.split('/').at(-1) ?? '';
    // Renovate understands options only with `=`.
    expect(read(path).split('\n')[1]).toBe(
      `#    uv pip compile --generate-hashes --universal --python-version=3.11 --output-file=${name} ${name.replace('.txt', '.in')}`,
    );
  }
  expect(lists).toHaveLength(3);
});

test('the sample says the version of gunicorn that it has, which is watched as well', () => {
  const [, version] = /^gunicorn==(\S+)/m.exec(read('app/django/requirements.txt')) ?? [];
  expect(found('lib/applications/sample.ts')).toEqual([version]);
});

test("Elasticsearch's client is not proposed together with the other packages of Python: the server comes first", () => {
  const rules: Record<string, unknown>[] = config.packageRules;
  const applied = rules.filter(
    ({ matchManagers, matchPackageNames, matchUpdateTypes, matchFileNames }) =>
      [matchManagers ?? ['pip-compile']].flat().includes('pip-compile') &&
      [matchPackageNames ?? ['elasticsearch']].flat().includes('elasticsearch') &&
      [matchUpdateTypes ?? ['minor']].flat().includes('minor') &&
      matchFileNames === undefined,
  );
  // What comes later counts.
  expect(Object.assign({}, ...applied)).toMatchObject({
    groupName: "Elasticsearch's client",
    dependencyDashboardApproval: true,
  });
});

test('Renovate merges nothing, and says of every rule why it is there', () => {
  const rules: Record<string, unknown>[] = config.packageRules;
  expect([config, ...rules].filter(({ automerge }) => automerge)).toEqual([]);
  expect(rules.filter(({ description }) => !description)).toEqual([]);
});
