import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ignored } from '../laptop/images/ignore-rules';

/** A folder here, of which pods have a copy that can be written. */
export interface Source {
  /** What it is called in messages. */
  readonly name: string;
  /** The folder here. */
  readonly folder: string;
  /** Its copy in a pod. */
  readonly target: string;
  /** Paths that the image does not have either, and what editors and tools leave behind. */
  readonly ignores: (path: string) => boolean;
}

/** Repositories, caches, and temporary files of editors. */
const LEFT_BEHIND =
  /(^|\/)(__pycache__|\.git|\.hg|\.svn|\.ipynb_checkpoints|\.DS_Store|4913|\.#[^/]*|#[^/]*#|[^/]*~|\.[^/]*\.sw[a-z]|[^/]*\.py[co]|[^/]*___jb_(old|tmp|bak)___|\.goutputstream-[^/]*|\.coped-unfinished[^/]*)(\/|$)/;

/** What can be edited in the pods of a local environment. */
export const sourcesIn = (root: string): readonly Source[] => [
  source(root, 'app/django', '', '/app'),
  source(root, 'app/dashboards', 'notebooks', '/notebooks'),
];

/** @param context the folder that the image is built from @param below the part of it that is copied to `target` */
function source(root: string, context: string, below: string, target: string): Source {
  const path = join(root, context, '.dockerignore');
  const isIgnored = ignored(existsSync(path) ? readFileSync(path, 'utf8') : '');
  const inContext = (path: string) => (below === '' ? path : `${below}/${path}`);
  return {
    name: join(context, below),
    folder: join(root, context, below),
    target,
    ignores: (path) => LEFT_BEHIND.test(path) || isIgnored(inContext(path)),
  };
}
