import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Source } from './tree';

/** What a saved file needs besides being copied, and why; undefined if nothing. */
export function adviceFor(path: string): string | undefined {
  return RULES.find(([pattern]) => pattern.test(path))?.[1];
}

const UP = '`npx coped up` builds it in';

const RULES: readonly (readonly [RegExp, string])[] = [
  [/(^|\/)requirements[^/]*\.(txt|in)$/, `packages are part of the image: ${UP}`],
  [/(^|\/)(Dockerfile|\.dockerignore)$/, `this makes the image: ${UP}`],
  [
    /(^|\/)migrations\/(?!__init__)[^/]+\.py$/,
    'the tables stay as they are, because servers may not change them: `npx coped up` builds the image and restarts web, which ' +
      'empties the database and migrates it',
  ],
  [
    /(^|\/)fixtures\//,
    `sample data is loaded when web starts, from the image: ${UP} and empties the database`,
  ],
  [/(^|\/)dist\/[^/]+\/[^/]+\.yaml$/, 'the cluster does not have it yet: `npx coped up` applies it'],
];

/** One path, or how many there are. */
export const summary = ([first, ...more]: readonly string[]): string =>
  more.length === 0 ? `${first}` : `${first} and ${more.length} more`;

/** Files that are not copied, but matter to what runs: how images are built, and the manifests. */
export class RelatedFiles {
  private known: ReadonlyMap<string, string>;

  constructor(
    private readonly root: string,
    private readonly environment: string,
    private readonly sources: readonly Pick<Source, 'name' | 'context'>[],
  ) {
    this.known = this.look();
  }

  /** Paths that have changed since the last call. */
  changed(): string[] {
    const now = this.look();
    const changed = [...now].filter(([path, stat]) => this.known.get(path) !== stat).map(([path]) => path);
    this.known = now;
    return changed;
  }

  /** Folders to be watched for them. */
  folders(): ReadonlyMap<string, bigint> {
    const paths = [...this.sources.map(({ context }) => context), join('dist', this.environment)]
      .map((path) => join(this.root, path))
      .filter((path) => existsSync(path));
    return new Map(paths.map((path) => [path, statSync(path, { bigint: true }).ino]));
  }

  private look(): Map<string, string> {
    const manifests = join('dist', this.environment);
    const names = existsSync(join(this.root, manifests)) ? readdirSync(join(this.root, manifests)) : [];
    const paths = [
      // Of a folder that is copied as a whole, the tree says that its requirements were edited.
      ...this.sources.flatMap(({ name, context }) => [
        join(context, 'Dockerfile'),
        ...(name === context ? [] : [join(context, 'requirements.txt')]),
      ]),
      ...names.map((name) => join(manifests, name)),
    ];
    return new Map(paths.flatMap((path) => this.statOf(path)));
  }

  private statOf(path: string): [string, string][] {
    const stats = statSync(join(this.root, path), { throwIfNoEntry: false });
    return stats?.isFile() ? [[path, `${stats.mtimeMs} ${stats.size}`]] : [];
  }
}
