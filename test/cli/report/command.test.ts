import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copedIn } from '../in-folder';
import { seen, whole } from './seen-once';

const HOUSE = join(__dirname, '..', '..', '..');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coped-report-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

// Somewhere else, in another language, on another day: none of that may be seen in the page.
const ELSEWHERE = { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' };

const report = (...args: string[]) => copedIn({ folder }, 'report', ...args);

test('writes report.html where you are, the same as anywhere', async () => {
  const words = [join(HOUSE, 'cli', 'coped.js'), 'report'];
  const elsewhere = { cwd: folder, encoding: 'utf8', env: { ...process.env, ...ELSEWHERE } } as const;
  expect(spawnSync('node', words, elsewhere)).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^report\.html: \d+ KB\. /),
  });
  expect(readdirSync(folder)).toEqual(['report.html']);
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toBe(await whole(seen));
});

test('or what --out says', async () => {
  expect((await report('--out', 'other.html')).status).toBe(0);
  expect(readdirSync(folder)).toEqual(['other.html']);
});

test('says how to use it', async () => {
  expect(await report('--help')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('--out <file>'),
  });
});

test.each([
  [['--out', 'no/such/folder.html'], 'cannot be written (ENOENT)\n  Name a file in a folder that exists'],
  [['--output', 'a.html'], "unknown option '--output'"],
])('refuses %j, with what to do', async (args, message) => {
  const { status, stdout, stderr } = await report(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('    at ');
  expect(readdirSync(folder)).toEqual([]);
});

test('Git ignores it', () => {
  expect(readFileSync(join(HOUSE, '.gitignore'), 'utf8')).toMatch(/^\/report\.html$/m);
});
