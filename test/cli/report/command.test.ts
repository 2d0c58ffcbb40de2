import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { copedElsewhere, copedIn, refuses } from '../in-folder';
import { temporaryFolder } from '../temporary';
import { seen, whole } from './seen-once';

const folder = temporaryFolder();

test('writes report.html in the current folder, the same wherever it is made', async () => {
  const { status, stdout } = copedElsewhere(folder(), 'report');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^report\.html: \d+ KB\. /);
  expect(readdirSync(folder())).toEqual(['report.html']);
  expect(readFileSync(folder('report.html'), 'utf8')).toBe(await whole(seen));
});

test('or to --out', async () => {
  expect((await copedIn({ folder: folder() }, 'report', '--out', 'other.html')).status).toBe(0);
  expect(readdirSync(folder())).toEqual(['other.html']);
});

test('refuses a folder that does not exist, with what to do', () =>
  refuses(
    folder(),
    'report --out no/such/folder.html',
    /cannot be written \(ENOENT\)\n {2}Name a file in a/,
  ));

test('Git ignores it', () => {
  const ignored = readFileSync(join(__dirname, '..', '..', '..', '.gitignore'), 'utf8');
  expect(ignored).toMatch(/^\/report\.html$/m);
});
