import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copedElsewhere, copedIn } from '../in-folder';
import { seen, whole } from './seen-once';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coped-report-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const report = (...args: string[]) => copedIn({ folder }, 'report', ...args);

test('writes report.html in the current folder, the same wherever it is made', async () => {
  const { status, stdout } = copedElsewhere(folder, 'report');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^report\.html: \d+ KB\. /);
  expect(readdirSync(folder)).toEqual(['report.html']);
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toBe(await whole(seen));
});

test('or to --out', async () => {
  expect((await report('--out', 'other.html')).status).toBe(0);
  expect(readdirSync(folder)).toEqual(['other.html']);
});

test('refuses a folder that does not exist, with what to do', async () => {
  const { status, stdout, stderr } = await report('--out', 'no/such/folder.html');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('cannot be written (ENOENT)\n  Name a file in a folder that exists');
  expect(stderr).not.toContain('    at ');
});

test('Git ignores it', () => {
  const ignored = readFileSync(join(__dirname, '..', '..', '..', '.gitignore'), 'utf8');
  expect(ignored).toMatch(/^\/report\.html$/m);
});
