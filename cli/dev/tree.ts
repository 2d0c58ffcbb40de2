import { createHash } from 'node:crypto';
import { type BigIntStats, existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Application } from '../../lib/application';
import { sourcesOf } from '../../lib/components/images';
import { ignored } from '../laptop/images/ignore-rules';
import { readInside } from './read-inside';

/** A folder here, of which pods have a copy that can be written. */
export interface Source {
  /** What it is called in messages. */
  readonly name: string;
  /** What its image is built from, below the root. */
  readonly context: string;
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
export const sourcesIn = (root: string, application: Application): readonly Source[] =>
  sourcesOf(application).map(({ folder, edited = '', code }) =>
    source(root, join('app', folder), edited, code),
  );

/** @param context the folder that the image is built from @param below the part of it that is copied to `target` */
function source(root: string, context: string, below: string, target: string): Source {
  const path = join(root, context, '.dockerignore');
  const isIgnored = ignored(existsSync(path) ? readFileSync(path, 'utf8') : '');
  const inContext = (path: string) => (below === '' ? path : `${below}/${path}`);
  return {
    name: join(context, below),
    context,
    folder: join(root, context, below),
    target,
    ignores: (path) => LEFT_BEHIND.test(path) || isIgnored(inContext(path)),
  };
}

/** A file as it is now. */
export interface Entry {
  /** Says whether a copy is the same; as the agent in the pod has it. */
  readonly digest: string;
  readonly mode: number;
  /** Where a symbolic link leads. */
  readonly to?: string;
}

/** What is in a folder. */
export interface Look {
  readonly files: ReadonlyMap<string, Entry>;
  /** The folder and all below it, to be watched: path → a number that another folder of the same name would not have. */
  readonly folders: ReadonlyMap<string, bigint>;
  /** Paths that are left out, and why. */
  readonly leftOut: ReadonlyMap<string, string>;
}

/** Bytes. A pod's copy has room for 64 MiB in all, and a pod that takes more is ended. */
const BIG = 16 * 1024 ** 2;

/** A folder that is looked at again and again; only what has changed is read. */
export class Tree {
  private known = new Map<string, { readonly stat: string; readonly entry: Entry }>();

  constructor(readonly source: Source) {}

  look(): Look {
    const found = new Map<string, { readonly stat: string; readonly entry: Entry }>();
    const folders = new Map<string, bigint>();
    const leftOut = new Map<string, string>();
    const visit = (below: string): void => {
      const folder = join(this.source.folder, below);
      folders.set(folder, lstatSync(folder, { bigint: true }).ino);
      for (const { name } of readdirSync(folder, { withFileTypes: true })) {
        const path = below === '' ? name : `${below}/${name}`;
        if (this.source.ignores(path)) continue;
        // What disappears while we look is not there.
        const stats = ifThere(() => lstatSync(join(folder, name), { bigint: true }));
        if (stats?.isDirectory()) ifThere(() => visit(path));
        else if (stats) this.add(path, stats, found, leftOut);
      }
    };
    visit('');
    this.known = found;
    return {
      files: new Map([...found].map(([path, { entry }]) => [path, entry])),
      folders,
      leftOut,
    };
  }

  private add(
    path: string,
    stats: BigIntStats,
    found: typeof this.known,
    leftOut: Map<string, string>,
  ): void {
    const { mode, size, ino, mtimeNs, ctimeNs } = stats;
    const stat = [mode, size, ino, mtimeNs, ctimeNs].join();
    const known = this.known.get(path);
    if (known?.stat === stat) found.set(path, known);
    else if (stats.isSymbolicLink()) {
      const to = ifThere(() => readlinkSync(join(this.source.folder, path)));
      if (to !== undefined && this.leadsOut(path, to)) leftOut.set(path, `a link out of ${this.source.name}`);
      else if (to !== undefined) found.set(path, { stat, entry: { digest: `-> ${to}`, mode: 0o777, to } });
    } else if (stats.isFile() && size > BIG) {
      leftOut.set(path, `larger than ${BIG / 1024 ** 2} MiB`);
    } else if (stats.isFile()) {
      const bytes = ifThere(() => readInside(this.source.folder, path));
      if (bytes) found.set(path, { stat, entry: { digest: digestOf(bytes), mode: modeOf(Number(mode)) } });
    }
  }

  private leadsOut(path: string, to: string): boolean {
    const target = resolve(dirname(join(this.source.folder, path)), to);
    return to.startsWith('/') || /^(\.\.|$)/.test(relative(this.source.folder, target));
  }
}

export const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Readable for all users in the pod, and executable if it is here. */
const modeOf = (mode: number): number => (mode & 0o100 ? 0o755 : 0o644);

function ifThere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // The last: a link now.
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return undefined;
    throw error;
  }
}

/** What makes a copy in a pod like the folder here. */
export interface Order {
  readonly write: readonly (readonly [path: string, entry: Entry])[];
  readonly link: readonly (readonly [path: string, to: string])[];
  readonly delete: readonly string[];
}

/**
 * @param look the folder here
 * @param present path → digest of what the pod has, as far as it counts
 */
export function orderFor(
  { files, leftOut }: Pick<Look, 'files' | 'leftOut'>,
  present: ReadonlyMap<string, string | null>,
): Order {
  const changed = [...files].filter(([path, { digest }]) => present.get(path) !== digest);
  return {
    write: changed.filter(([, { to }]) => to === undefined),
    link: changed.flatMap(([path, { to }]) => (to === undefined ? [] : [[path, to] as const])),
    // What is here but is not copied, the pod has from its image.
    delete: [...present.keys()].filter((path) => !files.has(path) && !leftOut.has(path)),
  };
}

export const pathsOf = (order: Order): string[] => [
  ...order.write.map(([path]) => path),
  ...order.link.map(([path]) => path),
  ...order.delete,
];
