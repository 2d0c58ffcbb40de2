import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seen, whole } from './seen-once';

const HOUSE = join(__dirname, '..', '..', '..');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coped-report-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

// Somewhere else, in another language, on another day: none of that may be seen in the page.
const ELSEWHERE = { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' };

const report = (...args: string[]) =>
  spawnSync('node', ['-r', join(HOUSE, 'cli/register.js'), join(HOUSE, 'cli/report.ts'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...ELSEWHERE },
  });

test('writes report.html where somebody stands, or what --out says', async () => {
  expect(report()).toMatchObject({ status: 0, stdout: expect.stringMatching(/^report\.html: \d+ KB\. /) });
  expect(report('--out', 'other.html').status).toBe(0);
  expect(readdirSync(folder).sort()).toEqual(['other.html', 'report.html']);
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toBe(await whole(seen));
});

test('says how to use it', () => {
  expect(report('--help')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('npm run report -- --out <file>'),
  });
});

test.each([
  [['--out', 'no/such/folder.html'], 'cannot be written (ENOENT); name a file in a folder that is there'],
  [['--output', 'a.html'], "Unknown option '--output'"],
])('refuses %j, with what to do', (args, message) => {
  const { status, stdout, stderr } = report(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('    at ');
  expect(readdirSync(folder)).toEqual([]);
});

test('Git ignores it', () => {
  expect(readFileSync(join(HOUSE, '.gitignore'), 'utf8')).toMatch(/^\/report\.html$/m);
});
