import { lstatSync, readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { size } from '../backup/words';
import { RefusedError } from '../terminal/errors';

const MANIFEST = /\.(ya?ml|json)$/i;

/** Bytes. One object may have 1.5 MiB in etcd, so even a file of many objects stays far below. */
const LARGEST = 10 * 2 ** 20;

/**
 * The manifests in a folder and the folders in it, sorted by path; or the one file that was named.
 * @throws RefusedError if there are none, or one is too large to be a manifest
 */
export function manifestFiles(path: string): string[] {
  const files = statsOf(path).isFile() ? [path] : filesIn(path).sort();
  if (files.length === 0) throw new RefusedError(`${path}: has no .yaml, .yml or .json file in it`);
  const tooLarge = files.filter((file) => statSync(file).size > LARGEST);
  if (tooLarge.length > 0) {
    throw new RefusedError(
      tooLarge
        .map(
          (file) =>
            `${file}: is ${size(statSync(file).size)} large, and the limit is ${size(LARGEST)}; split the file, or move it out of the folder`,
        )
        .join('\n'),
    );
  }
  return files;
}

/** As for kubectl, links to files are files. Links to folders are not followed: they may lead back up. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => !name.startsWith('.') && name !== 'node_modules')
    .map((name) => join(folder, name))
    .flatMap((path) => {
      if (lstatSync(path).isDirectory()) return filesIn(path);
      return MANIFEST.test(path) && !statsOf(path).isDirectory() ? [path] : [];
    });

/** Reading a pipe or a device would never end. */
function statsOf(path: string): Stats {
  let entry: Stats;
  try {
    entry = statSync(path);
  } catch {
    throw new RefusedError(`${path}: is a broken link; fix it, or move it out of the folder`);
  }
  if (entry.isFile() || entry.isDirectory()) return entry;
  throw new RefusedError(`${path}: is neither a file nor a folder`);
}
