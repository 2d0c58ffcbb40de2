import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ApiObject, Kubectl } from '../../../../cli/cluster/kubectl';
import { withFolder } from '../../folder';
import type { Through } from './in-process';

/** kubectl's configuration as a colleague may have it: how the present cluster is reached, changed. */
export async function withKubeconfig<T>(
  kubectl: Kubectl,
  change: (config: ApiObject) => ApiObject,
  task: (through: Through) => Promise<T>,
): Promise<T> {
  const view = ['config', 'view', '--raw', '--minify', '--flatten', '--output=json'];
  const present: ApiObject = JSON.parse(await kubectl.run(view));
  return withFolder(async (folder) => {
    const file = join(folder, 'config');
    // It holds what one logs in with.
    await writeFile(file, JSON.stringify(change(present)), { mode: 0o600 });
    return await task(
      (execute) => (program, args, options) =>
        execute(program, program === 'kubectl' ? [`--kubeconfig=${file}`, ...args] : args, options),
    );
  });
}
