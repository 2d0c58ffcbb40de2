import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyOfTree, sourceFolders } from '../../copy';
import { script } from '../../script';

// Where it would write, if it did.
let empty: string;
let copy: string;
beforeAll(() => {
  empty = mkdtempSync(join(tmpdir(), 'coped-images-'));
  copy = copyOfTree(['main.ts', ...sourceFolders, 'imports']);
});
afterAll(() => {
  for (const folder of [empty, copy]) rmSync(folder, { recursive: true });
});
afterEach(() => expect(readdirSync(empty)).toEqual([]));

const images = (...args: string[]) => script('cli/images/main.ts', args, { root: empty });

test('says how to use it', async () => {
  expect(await images('--help')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('npm run images -- production --from staging'),
  });
});

test.each([
  [[], 'Name one environment: npm run images -- <development | staging | production> …'],
  [['staging', 'production', '--from', 'staging'], 'Name one environment'],
  [['staging'], 'Say which images (--'],
  [['staging', '--django', 'x:1.0.0', '--from', 'production'], 'one of both'],
  [
    ['prod', '--from', 'staging'],
    'prod: is not an environment; choose from development, staging, production',
  ],
  [['production', '--from', 'stage'], 'stage: is not an environment'],
  [['production', '--django', 'x:1.0.0'], 'npm run images -- production --from staging'],
  [['production', '--from', 'development'], 'takes what staging has tried, not what development has'],
  [['staging', '--another', 'x:1.0.0'], "Unknown option '--another'"],
])('refuses %j, with what to do', async (args, message) => {
  const { status, stdout, stderr } = await images(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('    at ');
});

test('refuses an image that floats, with exit code 1', async () => {
  const { status, stdout, stderr } = await images('staging', '--django', 'x:latest', '--json');
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain('1 problem; nothing was written.');
});

test('changes the sources that it belongs to, in any folder, and tells a script what', () => {
  const reference = `ghcr.io/us/coped/django:7.0.0@sha256:${'7'.repeat(64)}`;
  const { status, stdout } = spawnSync(
    'node',
    ['-r', './cli/register.js', 'cli/images/main.ts', 'staging', '--django', reference, '--json'],
    { cwd: copy, encoding: 'utf8' },
  );
  expect(status).toBe(0);
  expect(JSON.parse(stdout).changed).toEqual([
    expect.objectContaining({ name: 'staging', after: expect.objectContaining({ django: reference }) }),
  ]);
  const saved = readFileSync(join(copy, 'lib/environments/images/staging.json'), 'utf8');
  expect(JSON.parse(saved).django).toBe(reference);
  expect(readFileSync(join(copy, 'dist/staging/30-web.k8s.yaml'), 'utf8')).toContain(reference);
});
