import { cpSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');

/** The folders whose code `npm run synth` and `coped` run. */
export const sourceFolders = ['checker', 'cli', 'formats', 'lib', 'local', 'rules'];

/** A copy of parts of this repository that can be changed, with its packages; remove it when it has served. */
export function copyOfTree(parts: readonly string[]): string {
  const copy = mkdtempSync(join(tmpdir(), 'coped-copy-'));
  for (const part of ['package.json', ...parts])
    cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}
