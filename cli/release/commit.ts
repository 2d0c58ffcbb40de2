import { NotInstalledError } from '../terminal/errors';
import type { World } from '../world';

/** The commit of the sources, for the record of a release; undefined where there is no Git. */
export async function commitOf(
  { execute }: Pick<World, 'execute'>,
  folder: string,
): Promise<string | undefined> {
  try {
    const [head, status] = await Promise.all([
      execute('git', ['-C', folder, 'rev-parse', '--verify', 'HEAD']),
      execute('git', ['-C', folder, 'status', '--porcelain']),
    ]);
    if (head.code !== 0) return undefined;
    return `${head.stdout.trim()}${status.stdout.trim() === '' ? '' : '-dirty'}`;
  } catch (error) {
    // A release is deployed as well from a folder without Git.
    if (error instanceof NotInstalledError) return undefined;
    throw error;
  }
}
