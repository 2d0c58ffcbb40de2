import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import type { Manifest } from '../lib/checks/check';
import type { ManifestFile } from '../lib/files';

/** Files of the last commit: path → id of the contents. */
export type Committed = ReadonlyMap<string, string>;

/** What the last Git commit has in `dist/`; says so where there is no Git, no repository or no commit. */
export function lastCommit(): Committed {
  const files = git('ls-tree', '-r', 'HEAD', '--', 'dist')
    .split('\n')
    .flatMap((line) => {
      const [, id, path] = /^\d+ blob (\w+)\t(.+)$/.exec(line) ?? [];
      return id && path ? [[path, id] as const] : [];
    });
  if (files.length === 0)
    console.error('No commit of dist/ was found: volumes are not compared with what they were.');
  return new Map(files);
}

/**
 * An environment's objects as last committed: what has probably been applied somewhere, and so what a volume must
 * not become smaller than. Files that are about to be written unchanged are not read again.
 */
export function committedManifests(
  commit: Committed,
  name: string,
  files: readonly ManifestFile[],
): Manifest[] {
  const now = new Map(files.map((file) => [`dist/${name}/${file.name}`, file]));
  return [...commit]
    .filter(([path]) => path.startsWith(`dist/${name}/`))
    .flatMap(([path, id]) => {
      const file = now.get(path);
      return file && blobId(file.text) === id ? [...file.manifests] : parse(git('cat-file', 'blob', id));
    });
}

/** How Git names contents: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
const blobId = (text: string): string =>
  createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex');

/** The parser is loaded only when something has changed: most runs need none. */
const parse = (text: string): Manifest[] =>
  (require('js-yaml') as typeof import('js-yaml')).loadAll(text) as Manifest[];

function git(...args: string[]): string {
  try {
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return '';
  }
}
