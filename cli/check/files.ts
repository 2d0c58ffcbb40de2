import { lstatSync, readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { size } from '../backup/words';
import { RefusedError } from '../terminal/errors';

const MANIFEST = /\.(ya?ml|json)$/i;

/** Bytes. One object may have 1.5 MiB in etcd, so even a file of many objects stays far below. */
const LARGEST = 10 * 2 ** 20;

/**
 * The manifests in a folder and the folders in it, sorted by path; or the one file that was named.
 * @throws RefusedError if there are none
 */
export function manifestFiles(path: string): string[] {
  const files = statsOf(path)?.isDirectory() ? filesIn(path).sort() : [path];
  if (files.length === 0) throw new RefusedError(`${path}: has no .yaml, .yml or .json file in it`);
  return files;
}

/** As for kubectl, links to files are files. Links to folders are not followed: they may lead back up. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => !name.startsWith('.') && name !== 'node_modules')
    .map((name) => join(folder, name))
    .flatMap((path) => {
      if (lstatSync(path).isDirectory()) return filesIn(path);
      return MANIFEST.test(path) && !statsOf(path)?.isDirectory() ? [path] : [];
    });

/** Why a file is not read; nothing if it can be. */
export function unreadable(file: string): string | undefined {
  const entry = statsOf(file);
  if (!entry) return 'is a broken link; fix it, or move it out of the folder';
  // Reading a pipe or a device would never end.
  if (!entry.isFile()) return 'is neither a file nor a folder';
  return entry.size > LARGEST
    ? `is ${size(entry.size)} large, and the limit is ${size(LARGEST)}; split it, or move it out of the folder`
    : undefined;
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
