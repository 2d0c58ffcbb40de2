import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Ignored, ignored } from './ignore-rules';
import type { OwnImage } from './own-images';

/** Digits that are kept: enough that no two states of a folder are mistaken for each other. */
const LENGTH = 16;

/**
 * One name for all that an image is made of: the Dockerfile, and the files of its folder that the build may see. Times and
 * owners do not count, so that a fresh checkout is the same.
 */
export function contentsOf({ folder, target = '' }: Pick<OwnImage, 'folder' | 'target'>): string {
  const text = existsSync(join(folder, '.dockerignore'))
    ? readFileSync(join(folder, '.dockerignore'), 'utf8')
    : '';
  const hash = createHash('sha256').update(`${target}\0`);
  const add = (path: string) => hash.update(`${path}\0${digestOf(join(folder, path))}\0`);
  // Builders read these two although they are kept out of the image.
  for (const path of ['Dockerfile', '.dockerignore']) if (existsSync(join(folder, path))) add(path);
  for (const path of filesIn(folder, '', ignored(text)).sort()) add(path);
  return hash.digest('hex').slice(0, LENGTH);
}

function digestOf(path: string): string {
  const entry = lstatSync(path);
  if (entry.isSymbolicLink()) return `link ${readlinkSync(path)}`;
  const kind = entry.mode & 0o111 ? 'program' : 'file';
  return `${kind} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
}

const filesIn = (folder: string, below: string, isIgnored: Ignored): string[] =>
  readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    const out = isIgnored(path);
    if (entry.isDirectory()) return out && !isIgnored.hasExceptions ? [] : filesIn(folder, path, isIgnored);
    return out ? [] : [path];
  });
