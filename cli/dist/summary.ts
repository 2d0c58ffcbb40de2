import type { FileChange } from './replace';

/** What synth has done, for people. */
export function summary(output: string, files: number, changes: readonly FileChange[]): string {
  if (changes.length === 0) return `${output}/ is up to date: ${files} files, none changed.`;
  const lines = changes.map(({ change, path }) => `${change.padEnd('changed'.length)}  ${output}/${path}`);
  const count = changes.length === 1 ? '1 file is' : `${changes.length} files are`;
  return [...lines, `${count} not as before, of ${files}. \`git diff ${output}\` shows how.`].join('\n');
}
