import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;

/**
 * The bytes of a file in a folder; undefined where it can only be reached through a link. The file or a folder above it may have become
 * one since it was looked at, and what is elsewhere on this machine must not get into a pod.
 */
export function readInside(folder: string, path: string): Buffer | undefined {
  const full = join(folder, path);
  const file = openSync(full, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const opened = fstatSync(file, { bigint: true });
    const real = join(realpathSync(folder), path);
    if (!opened.isFile() || realpathSync(full) !== real) return undefined;
    // A link that was there only while the file was opened.
    const { dev, ino } = lstatSync(real, { bigint: true });
    return dev === opened.dev && ino === opened.ino ? readFileSync(file) : undefined;
  } finally {
    closeSync(file);
  }
}
