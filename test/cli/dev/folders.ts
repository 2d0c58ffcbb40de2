import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Options, Result } from '../../../cli/cluster/execute';

/** A folder with these files. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'coped-dev-')));
  save(folder, files);
  return folder;
}

export function save(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Runs the agent here instead of in a pod. */
export function runAgent(script: string, folder: string, { input, output }: Options) {
  const child = spawn('python3', ['-u', '-c', script, folder]);
  const errors: string[] = [];
  child.on('error', () => {});
  child.stderr.on('data', (data) => errors.push(String(data)));
  if (output) child.stdout.pipe(output, { end: false });
  if (typeof input === 'object') input.pipe(child.stdin);
  child.stdin.on('error', () => {});
  const ended = new Promise<Result>((resolve) => {
    child.on('close', (code) => resolve({ code: code ?? 1, stdout: '', stderr: errors.join('') }));
  });
  return { child, ended };
}

/** Waits until something is so. */
export async function eventually(isSo: () => boolean, within = 10_000): Promise<void> {
  const deadline = Date.now() + within;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`still not so: ${isSo}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
