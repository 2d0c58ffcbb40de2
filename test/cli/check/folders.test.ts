import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { yamlOf } from '../../yaml';
import { copedIn } from '../in-folder';
import { temporaryFolder } from '../temporary';

interface Case {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly says: readonly string[];
  readonly never: readonly string[];
}

const folder = temporaryFolder();
const root = join(__dirname, '..', '..', '..');

test.each(yamlOf<readonly Case[]>(join(__dirname, 'folders.yaml')))('$name', async ({
  files,
  says,
  never,
}) => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(folder(name)), { recursive: true });
    writeFileSync(folder(name), text);
  }
  const { stdout } = await copedIn({ folder: root }, 'check', folder());
  const findings = stdout
    .replaceAll(folder(), '.')
    .replaceAll('./', '')
    .split('\n')
    .filter((line) => /^ {2}\S/.test(line));
  expect(says.filter((start) => !findings.some((line) => line.startsWith(`  ${start}`)))).toEqual([]);
  expect(findings.filter((line) => never.some((words) => line.includes(words)))).toEqual([]);
});
