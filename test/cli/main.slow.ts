import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyOfTree, sourceFolders } from '../copy';
import { git, hasGit } from './temporary';

// A copy of the sources that can be broken, in a Git repository of its own.
let copy: string;
beforeEach(() => {
  copy = copyOfTree(['main.ts', 'cdk8s.yaml', ...sourceFolders, 'dist', 'imports']);
});
afterEach(() => rmSync(copy, { recursive: true }));

const run = (command: string, ...args: string[]) =>
  spawnSync(command, args, { cwd: copy, encoding: 'utf8', timeout: 240_000 });
const direct = (...names: string[]) => run('node', '-r', './cli/register.js', 'main.ts', ...names);
const npmRunSynth = () => run('npm', 'run', 'synth');
const cdk8sSynth = () => run(join('node_modules', '.bin', 'cdk8s'), 'synth', '--check-upgrade=false');

function edit(path: string, from: string, to: string): void {
  const text = readFileSync(join(copy, path), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(copy, path), text.replace(from, to));
}

const contents = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(copy, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, path, name }) => join(parentPath ?? path, name))
      .map((file) => [file, readFileSync(file, 'utf8')]),
  );

test('both ways to synthesize write the same bytes, and remove what is no longer made', () => {
  const before = contents('dist');
  writeFileSync(join(copy, 'dist', 'production', '99-old.k8s.yaml'), 'kind: Pod\n');
  expect(direct()).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^removed {2}dist\/production\/99-old\.k8s\.yaml\n1 file has changed/),
    stderr: expect.stringMatching(/^No commit of dist\/ was found/),
  });
  expect(contents('dist')).toEqual(before);
  expect(cdk8sSynth().status).toBe(0);
  expect(contents('dist')).toEqual(before);
  expect(npmRunSynth()).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/dist\/ is up to date: \d+ files/),
  });
  expect(readdirSync(copy).filter((name) => name.startsWith('.dist'))).toEqual([]);
});

const STAGING = 'lib/environments/staging.ts';
const IMAGES = 'lib/environments/images/staging.json';
const crlf = (text: string) => text.replaceAll('\n', '\r\n');
const merged = (text: string) => `<<<<<<< HEAD\n${text}=======\n${text}>>>>>>> main\n`;

// What happens to files of people who work with Git and editors.
test.each<[what: string, path: string, change: ((text: string) => string) | undefined, said: RegExp]>([
  [
    'missing images',
    IMAGES,
    undefined,
    /images\/staging\.json is missing\.\n {2}Take it back with `git restore /,
  ],
  ['empty images', IMAGES, () => '', /images\/staging\.json is empty\.\n {2}Take it back/],
  ['half of the images', IMAGES, (text) => text.slice(0, 20), /images\/staging\.json cannot be read: .*JSON/],
  [
    'images of two branches',
    IMAGES,
    merged,
    /images\/staging\.json has the marks of a merge conflict\.\n {2}Keep one/,
  ],
  [
    'a missing environment',
    STAGING,
    undefined,
    /staging\.ts is missing\.\n.*or remove what imports it from lib\/environments\/index\.ts/,
  ],
  [
    'an environment that exports nothing',
    STAGING,
    () => '',
    /lib\/environments\/index\.ts: lists an environment that its file does not export/,
  ],
  [
    'half of an environment',
    STAGING,
    (text) => text.slice(0, 400),
    /staging\.ts cannot be read: (Unexpected token|Unterminated string)/,
  ],
  ['an environment of two branches', STAGING, merged, /staging\.ts has the marks of a merge conflict/],
  [
    'scripts with CRLF',
    'lib/components/postgres/bootstrap.sh',
    crlf,
    /has the line ends of Windows \(CRLF\)\.\n[\s\S]*File: lib/,
  ],
  [
    'replicas that are no number',
    STAGING,
    (text) => text.replace('{ min: 2, max: 4 }', '0 / 0'),
    /web\.replicas: NaN is not a number/,
  ],
  [
    'a setting that is a function',
    STAGING,
    (text) => text.replace('{ min: 2, max: 4 }', '() => 3 as never'),
    /web\.replicas: \[Function/,
  ],
])('%s: the file and what to do, no stack trace, and nothing is written', (_, path, change, said) => {
  const before = contents('dist');
  if (change) writeFileSync(join(copy, path), change(readFileSync(join(copy, path), 'utf8')));
  else rmSync(join(copy, path));
  const { status, stderr } = direct();
  expect(stderr).toMatch(said);
  expect(stderr).not.toContain('    at ');
  expect(status).toBe(1);
  expect(contents('dist')).toEqual(before);
});

test('CRLF in TypeScript and JSON changes nothing', () => {
  for (const path of [STAGING, IMAGES])
    writeFileSync(join(copy, path), crlf(readFileSync(join(copy, path), 'utf8')));
  expect(direct()).toMatchObject({ status: 0, stdout: expect.stringContaining('is up to date') });
});

test('npm run synth that fails leaves dist/ as it is', () => {
  edit('lib/environments/production.ts', 'nodes: 3', 'nodes: 2');
  const before = contents('dist');
  expect(npmRunSynth()).toMatchObject({ status: 1, stderr: expect.stringContaining('nothing was written') });
  expect(contents('dist')).toEqual(before);
});

test('problems of several environments are reported together; nothing is written; the exit code is 1', () => {
  edit('lib/environments/staging.ts', "host: 'staging.coped.example.org'", "host: 'staging_coped'");
  edit('lib/environments/production.ts', 'keep: 14', 'keep: 0');
  const before = contents('dist');
  const { status, stderr } = direct();
  expect(status).toBe(1);
  expect(stderr).toContain('2 problems; nothing was written.');
  expect(stderr).toContain('staging: host: "staging_coped" is not a DNS name.');
  expect(stderr).toContain('production: backup.keep: 0 is less than 1.');
  expect(stderr).not.toContain('    at ');
  expect(contents('dist')).toEqual(before);
});

test('what only the objects show is refused as well: two routes on one path', () => {
  edit('lib/components/ingress/ingress.ts', "path: '/api/'", "path: '/'");
  const { status, stderr } = direct('production');
  expect(status).toBe(1);
  expect(stderr).toMatch(/production: Ingress\/ingress .*"coped\.example\.org\/"/);
});

test('a flow to a component that does not exist is refused', () => {
  edit('lib/network/flows.ts', "to: 'postgres', why: 'pg_dump", "to: 'mysql' as 'postgres', why: 'pg_dump");
  expect(direct('production').stderr).toMatch(/mysql/);
});

test('cdk8s synth fails too, and leaves no manifests that look right', () => {
  edit('lib/environments/production.ts', 'nodes: 3', 'nodes: 2');
  const { status, stderr } = cdk8sSynth();
  expect(status).not.toBe(0);
  // It has deleted dist/ before our program began.
  expect(stderr).toContain('`git restore dist` brings it back');
  expect(stderr).toContain(
    'production: elasticsearch.nodes: 2 is not a number of nodes that keeps a quorum when one fails.',
  );
  expect(existsSync(join(copy, 'dist', 'production'))).toBe(false);
});

if (hasGit)
  describe('after a commit', () => {
    beforeEach(() => {
      git(copy, 'init', '--quiet');
      git(copy, 'add', 'dist');
      git(copy, 'commit', '--quiet', '--message=dist');
    });

    test('a volume may grow once the exception says that it is meant', () => {
      edit(
        'lib/environments/production.ts',
        "storage: '50Gi',\n    maxConnections",
        "storage: '55Gi',\n    maxConnections",
      );
      expect(direct()).toMatchObject({ status: 1, stderr: expect.stringContaining('grow-a-volume') });
      edit(
        'rules/exceptions.ts',
        'readonly CopedException[] = [',
        `readonly CopedException[] = [
  {
    rule: 'immutable',
    object: 'StatefulSet/postgres',
    path: 'spec.volumeClaimTemplates[data].spec.resources.requests.storage',
    to: '55Gi',
    reason: 'The claims have been grown.',
  },`,
      );
      expect(direct()).toMatchObject({ status: 0, stderr: '' });
    });

    test('what was released counts, whatever was committed since', () => {
      git(copy, 'tag', 'v1.0.0');
      edit('dist/production/20-data.k8s.yaml', 'storage: 50Gi', 'storage: 10Gi');
      git(copy, 'commit', '--quiet', '--all', '--message=x');
      expect(direct()).toMatchObject({ status: 0, stderr: '' });
    });

    test('cdk8s synth compares too, although it deletes dist first', () => {
      edit('lib/environments/staging.ts', "storage: '10Gi', memory", "storage: '5Gi', memory");
      expect(cdk8sSynth().stderr).toMatch(/staging: StatefulSet\/elasticsearch .*5Gi/);
    });
  });
