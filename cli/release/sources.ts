import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../lib/environments/environment';
import type { ManifestFile } from '../../lib/output/files';
import { synthesize } from '../../rules/synthesize';
import { NotInstalledError, RefusedError } from '../terminal/errors';
import type { World } from '../world';
import type { Release } from './release';

/**
 * The release that the sources describe: it passes every check, and is the same as in `dist/` if that exists, so that what is
 * deployed is what was reviewed.
 *
 * @throws Problems of the checks
 * @throws RefusedError where dist/ differs
 */
export async function fromSources(
  world: World,
  environment: Environment,
  root = world.root,
): Promise<Release> {
  const { name, shapeOf } = environment;
  const inputs = world.environments.filter((one) => one.name === name || one.name === shapeOf);
  const files = synthesize(inputs).find((folder) => folder.name === name)?.files ?? [];
  compare(join(root, 'dist', name), name, files);
  const commit = await commitOf(world, root);
  return {
    manifests: files.flatMap(({ manifests }) => manifests),
    origin: 'the sources as they are now',
    ...(commit !== undefined && { commit }),
  };
}

/** @throws RefusedError if a folder exists and differs from the sources */
function compare(folder: string, name: string, files: readonly ManifestFile[]): void {
  if (!existsSync(folder)) return;
  const found = new Map(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
  const differ = files.filter((file) => found.get(file.name) !== file.text).map((file) => file.name);
  const more = [...found.keys()].filter((file) => !files.some((one) => one.name === file));
  if (differ.length + more.length === 0) return;
  throw new RefusedError(
    `dist/${name} is not what the sources give: ${[...differ, ...more].join(', ')}`,
    'Only what was reviewed is deployed: run `npm run synth`, read `git diff dist`, commit it',
  );
}

/** The commit of the sources, for the record of a release; undefined without Git. */
async function commitOf({ execute }: World, folder: string): Promise<string | undefined> {
  try {
    const [head, status] = await Promise.all([
      execute('git', ['-C', folder, 'rev-parse', '--verify', 'HEAD']),
      execute('git', ['-C', folder, 'status', '--porcelain']),
    ]);
    if (head.code !== 0) return undefined;
    return `${head.stdout.trim()}${status.stdout.trim() === '' ? '' : '-dirty'}`;
  } catch (error) {
    if (error instanceof NotInstalledError) return undefined;
    throw error;
  }
}
