import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HOUSE = join(__dirname, '..', '..', '..');

let copy: string;
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'coped-images-'));
  for (const part of ['main.ts', 'package.json', 'cli', 'imports', 'lib', 'local']) {
    cpSync(join(HOUSE, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(HOUSE, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true }));

const images = (...args: string[]) =>
  spawnSync('node', ['-r', './cli/register.js', 'cli/images.ts', ...args], { cwd: copy, encoding: 'utf8' });

test('says how to use it', () => {
  expect(images('--help')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('npm run images -- production --from staging'),
  });
});

test.each([
  [[], 'Name one environment: npm run images -- <development | staging | production> …'],
  [['staging', 'production', '--from', 'staging'], 'Name one environment'],
  [['staging'], 'Say which images (--django, --dashboards, --postgres, --elasticsearch) or --from <'],
  [['staging', '--django', 'x:1.0.0', '--from', 'production'], 'one of both'],
  [
    ['prod', '--from', 'staging'],
    'prod: is not an environment; choose from development, staging, production',
  ],
  [['production', '--from', 'stage'], 'stage: is not an environment'],
  [['production', '--django', 'x:1.0.0'], 'npm run images -- production --from staging'],
  [['production', '--from', 'development'], 'takes what staging has tried, not what development has'],
  [['staging', '--redis', 'x:1.0.0'], "Unknown option '--redis'"],
])('refuses %j, with what to do', (args, message) => {
  const { status, stdout, stderr } = images(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('    at ');
});

test('refuses an image that floats, with exit code 1', () => {
  const { status, stdout, stderr } = images('staging', '--django', 'x:latest', '--json');
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain('1 problem; nothing was written.');
});

test('changes the sources that it belongs to, in any folder, and tells a script what', () => {
  const reference = `ghcr.io/us/coped/django:7.0.0@sha256:${'7'.repeat(64)}`;
  const { status, stdout } = images('staging', '--django', reference, '--json');
  expect(status).toBe(0);
  expect(JSON.parse(stdout).changed).toEqual([
    expect.objectContaining({ name: 'staging', after: expect.objectContaining({ django: reference }) }),
  ]);
  const saved = readFileSync(join(copy, 'lib/environments/images/staging.json'), 'utf8');
  expect(JSON.parse(saved).django).toBe(reference);
  expect(readFileSync(join(copy, 'dist/staging/30-web.k8s.yaml'), 'utf8')).toContain(reference);
});
