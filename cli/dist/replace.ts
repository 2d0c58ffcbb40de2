import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { oneLine } from '../../formats/visible';
import { RefusedError } from '../terminal/errors';
import { unwritable } from '../terminal/unwritable';

/** A folder's name, and its files: path below it → text. */
export interface NewFolder {
  readonly name: string;
  readonly files: readonly { readonly name: string; readonly text: string | Buffer }[];
}

/** One file that is not as it was. */
export interface FileChange {
  readonly change: 'new' | 'changed' | 'removed';
  /** Below the folder that was written. */
  readonly path: string;
}

const SWAP = join(__dirname, 'swap.js');

/** A file that a synth writes. */
const OURS = /^[^/]+\/\d\d-[\w-]+\.k8s\.yaml$/;

/** What else may happen to `output`. */
export interface Replacing {
  /** Everything else in it goes, too; otherwise each folder takes the place of its namesake. */
  readonly whole: boolean;
  /** Folders of environments that are gone may go. */
  readonly prune?: boolean;
}

/**
 * Writes folders into `output`, all of them or none: they are written beside it, and then take the place of what is there.
 * Of two that write at once the later one wins, and nothing is ever mixed.
 *
 * @returns what is not as it was; if there is nothing, nothing is touched
 * @throws RefusedError if it cannot be written, or something in it would be lost that no synth has written
 */
export function replaceFolders(
  output: string,
  folders: readonly NewFolder[],
  { whole, prune = false }: Replacing,
): FileChange[] {
  const target = existsSync(output) ? realpathSync(output) : output;
  if (existsSync(target) && !statSync(target).isDirectory()) {
    throw new RefusedError(`${output} is a file, and not a folder`, 'Move it elsewhere, and run this again');
  }
  try {
    const changes = whole
      ? changesIn(target, '', filesOf(folders))
      : folders.flatMap((folder) => changesIn(target, folder.name, filesOf([folder])));
    if (changes.length === 0) return [];
    const removed = changes.filter(({ change }) => change === 'removed').map(({ path }) => path);
    refuseLosses(output, removed, prune ? [] : folders.map(({ name }) => name));
    removeLeftovers(target);
    if (!whole) mkdirSync(target, { recursive: true });
    swapIn(target, folders, whole);
    return changes;
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    const beside = `; the new one is first written beside it, in ${resolve(dirname(target))}`;
    throw unwritable(`${output} cannot be written, and is as it was`, error as Error, beside);
  }
}

function refuseLosses(output: string, removed: readonly string[], names: readonly string[]): void {
  const foreign = removed.find((path) => !OURS.test(path));
  if (foreign !== undefined) {
    throw new RefusedError(
      `${output}/${foreign} would be lost: no synth has written it`,
      `Move it out of ${output}/, which is replaced as a whole`,
    );
  }
  const gone = removed.map((path) => dirname(path)).find((name) => names.length > 0 && !names.includes(name));
  if (gone !== undefined) {
    throw new RefusedError(
      `${output}/${gone} is of an environment that is gone: nothing was written`,
      'Remove it with `npm run synth -- --prune`; what runs in a cluster stays there',
    );
  }
}

/** Path below the output → text. */
const filesOf = (folders: readonly NewFolder[]): Map<string, string | Buffer> =>
  new Map(folders.flatMap(({ name, files }) => files.map((file) => [join(name, file.name), file.text])));

function changesIn(
  target: string,
  below: string,
  wanted: ReadonlyMap<string, string | Buffer>,
): FileChange[] {
  const there = new Set(filesBelow(target, join(target, below)));
  const written = [...wanted].flatMap(([path, text]): FileChange[] => {
    if (!there.delete(path)) return [{ change: 'new', path }];
    return readFileSync(join(target, path)).equals(Buffer.from(text)) ? [] : [{ change: 'changed', path }];
  });
  return [...written, ...[...there].map((path): FileChange => ({ change: 'removed', path }))];
}

function filesBelow(target: string, folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(target, path) : [relative(target, path)];
  });
}

const prefixOf = (target: string): string => `.${basename(target)}-`;

function swapIn(target: string, folders: readonly NewFolder[], whole: boolean): void {
  mkdirSync(dirname(target), { recursive: true });
  const beside = mkdtempSync(join(dirname(target), `${prefixOf(target)}${process.pid}-`));
  try {
    for (const { name, files } of folders) {
      mkdirSync(join(beside, 'new', name), { recursive: true });
      for (const file of files) writeFileSync(join(beside, 'new', name, file.name), file.text);
    }
    const pairs = whole
      ? [[target, join(beside, 'old'), join(beside, 'new')]]
      : folders.map(({ name }) => [
          join(target, name),
          join(beside, `old-${name}`),
          join(beside, 'new', name),
        ]);
    // Detached: not even ctrl-C, which reaches everything in a terminal, comes between the renames.
    const options = { detached: true, encoding: 'utf8' } as const;
    const { status, stderr, error } = spawnSync(process.execPath, [SWAP, ...pairs.flat()], options);
    if (error) throw error;
    if (status !== 0) throw new Error(/^\w*Error: .*$/m.exec(stderr)?.[0] ?? stderr);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

/** Removes what processes have left beside it that were killed while they wrote. */
function removeLeftovers(target: string): void {
  const folder = dirname(target);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const [, pid] = name.startsWith(prefixOf(target)) ? (/-(\d+)-\w+$/.exec(name) ?? []) : [];
    if (pid && !runs(Number(pid))) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process may not be signalled, but exists.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Folders without the objects that they were made of: those of a thousand environments would take all memory. */
export function* onlyBytes(folders: Iterable<NewFolder>): Generator<NewFolder> {
  for (const { name, files } of folders) {
    yield { name, files: files.map((file) => ({ name: file.name, text: Buffer.from(file.text) })) };
  }
}

/** A path as it is written where the user is: whole, if it is elsewhere. */
export function fromHere(...parts: readonly string[]): string {
  const below = relative('', join(...parts));
  return below.startsWith('..') ? join(...parts) : below;
}

/** What synth has done, for people. */
export function summary(output: string, files: number, changes: readonly FileChange[]): string {
  if (changes.length === 0) return `${output}/ is up to date: ${files} files, none changed.`;
  const lines = changes.map(
    ({ change, path }) => `${change.padEnd('changed'.length)}  ${output}/${oneLine(path)}`,
  );
  const count = changes.length === 1 ? '1 file has' : `${changes.length} files have`;
  const diff = isAbsolute(output) ? `git -C ${dirname(output)} diff` : `git diff ${output}`;
  return [...lines, `${count} changed, of ${files}. \`${diff}\` shows how.`].join('\n');
}
