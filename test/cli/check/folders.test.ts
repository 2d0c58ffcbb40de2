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

interface Place {
  readonly file?: string;
  readonly line?: number;
}
interface Found extends Place {
  readonly target: string;
  readonly object: string;
  readonly path: string;
  readonly value?: unknown;
  readonly message: string;
  readonly also?: readonly Place[];
}

// A path that looks like a password is shown all the same: someone has typed it.
const temporary = temporaryFolder();
const folder = (...parts: string[]) => temporary('W45XEa9kQ2mZ7pLd', ...parts);
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
  const { stdout } = await copedIn({ folder: root }, 'check', folder(), '--json');
  const { findings }: { findings: readonly Found[] } = JSON.parse(
    stdout.replaceAll(`${folder()}/`, '').replaceAll(folder(), '.'),
  );
  const lines = findings.map(({ target, object, path, value, message, also = [], ...first }) => {
    const places = [first, ...also].map(({ file, line }) => (file ? `${file}:${line}` : target));
    const given = value === undefined ? '' : ` ${JSON.stringify(value)}`;
    return `${places.join(', ')}: ${[object, path].filter(Boolean).join(' ')}:${given} ${message}.`;
  });
  expect(says.filter((start) => !lines.some((line) => line.startsWith(start)))).toEqual([]);
  expect(lines.filter((line) => never.some((words) => line.includes(words)))).toEqual([]);
});
