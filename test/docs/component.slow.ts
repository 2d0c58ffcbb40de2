import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { copyOfTree, sourceFolders } from '../copy';

// Follows docs/add-a-component.md in a copy, with the code that the page has.

const PAGE = readFileSync(join(__dirname, '..', '..', 'docs', 'add-a-component.md'), 'utf8');
const [component, script, list, flow, forDjango, , command, commandList, commandFlows] = [
  ...PAGE.matchAll(/^```\w*\n(.*?)^```$/gms),
].map(([, block = '']) => block) as string[];
/** What a block leaves out is there already. */
const pieces = (block = ''): string[] => block.split(/^ *…\n/m);

let copy: string;
beforeAll(() => {
  copy = copyOfTree([
    'main.ts',
    'tsconfig.json',
    'jest.config.js',
    'app',
    'docs',
    'examples',
    'local',
    'scripts',
    'test',
    ...sourceFolders,
    'dist',
    'imports',
  ]);
});
afterAll(() => rmSync(copy, { recursive: true }));

const run = (...words: string[]) => {
  const { status, stdout, stderr } = spawnSync('node', words, { cwd: copy, encoding: 'utf8' });
  return { status, text: stdout + stderr };
};
const write = (path: string, text = '') => {
  mkdirSync(join(copy, dirname(path)), { recursive: true });
  writeFileSync(join(copy, path), text);
};
/** Lines that were added elsewhere. */
let lines = 0;

/** Puts a text before or behind another one that is there. */
function insert(path: string, anchor: RegExp, added = ''): void {
  const text = readFileSync(join(copy, path), 'utf8');
  expect(text).toMatch(anchor);
  lines += added.trimEnd().split('\n').length;
  writeFileSync(
    join(copy, path),
    text.replace(anchor, (found) => found + added),
  );
}

const succeeds = (...words: string[]) => {
  const { status, text } = run(...words);
  expect(status === 0 ? '' : text).toBe('');
};
const synth = () => succeeds('-r', './cli/register.js', 'main.ts');
const written = (path: string) => readFileSync(join(copy, 'dist', path), 'utf8');

test('Valkey is its file, its script and five lines elsewhere; nothing but snapshots has to follow', () => {
  write('lib/components/valkey/valkey.ts', component);
  write('lib/components/valkey/start.sh', script);
  const [imported, entry] = pieces(list);
  insert('lib/components/index.ts', /^/, imported);
  insert('lib/components/index.ts', /components = \[\n/, entry);
  insert('lib/network/flows.ts', /const table: readonly Line\[\] = \[\n/, flow);
  const [djangoImport, variables] = pieces(forDjango);
  insert('lib/components/django/django.ts', /^/, djangoImport);
  insert('lib/components/django/django.ts', /const variables = \{\n/, variables);
  expect(lines).toBe(5);

  synth();
  expect(written('production/20-data.k8s.yaml')).toContain('image: docker.io/valkey/valkey:8.1.3');
  expect(written('production/10-network.k8s.yaml')).toContain('# Django keeps pages there');
  expect(written('development/00-foundation.k8s.yaml')).toContain(
    Buffer.from('fake-valkey-password').toString('base64'),
  );
});

test('a nightly command is one file, its place in the list and in the table', () => {
  write('lib/components/django/clear-sessions.ts', command);
  const [imported, entry] = pieces(commandList);
  insert('lib/components/index.ts', /^/, imported);
  insert('lib/components/index.ts', /\n {2}django,\n/, entry);
  const [toPostgres, toDns] = pieces(commandFlows);
  const flows = readFileSync(join(copy, 'lib/network/flows.ts'), 'utf8');
  const old = (toPostgres ?? '').replace(", 'clear-sessions'", '');
  expect(flows).toContain(old);
  write('lib/network/flows.ts', flows.replace(old, toPostgres ?? ''));
  insert('lib/network/flows.ts', /from: \[\n/, toDns);
  expect(command?.slice(command.indexOf('/**')).trimEnd().split('\n').length).toBeLessThanOrEqual(15);

  synth();
  expect(written('production/50-operations.k8s.yaml')).toMatch(
    /name: clear-sessions[\s\S]*schedule: 30 3 \* \* \*/,
  );
});

test('what they have become compiles', () => {
  succeeds('node_modules/typescript/bin/tsc', '--noEmit');
});

test('`npx jest -u` and `npm run docs` bring the rest up to date', () => {
  succeeds('-r', './cli/register.js', 'scripts/docs/main.ts');
  const tests = [
    'test/lib',
    'test/rules',
    'test/suite',
    'test/cli/secrets',
    'test/cli/images',
    'test/manifests',
    'test/dist',
  ];
  const { status, text } = run('node_modules/jest/bin/jest.js', '-u', '--ci=false', '--silent', ...tests);
  expect([status, text.match(/^ {2}● .*$/gm) ?? []]).toEqual([0, []]);
});
