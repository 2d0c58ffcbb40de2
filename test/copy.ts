import { cpSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');

/** The folders whose code `npm run synth` and `coped` run. */
export const sourceFolders = ['checker', 'cli', 'formats', 'lib', 'local', 'rules'];

/** The files below folders whose names match, as paths from the root of the repository. */
export const filesIn = (folders: readonly string[], name: RegExp): string[] =>
  folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => name.test(path) && !/(^|\/)(node_modules|\.venv)\//.test(path))
      .map((path) => join(folder, path)),
  );

/** A copy of parts of this repository that can be changed, with its packages; remove it when it has served. */
export function copyOfTree(parts: readonly string[]): string {
  const copy = mkdtempSync(join(tmpdir(), 'coped-copy-'));
  for (const part of ['package.json', ...parts])
    cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}
