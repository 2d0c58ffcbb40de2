import type { Environment } from '../../lib/environments/environment';
import type { Kubectl } from '../cluster/kubectl';
import { CliError } from '../terminal/errors';
import type { Release } from './release';
import { look, type View } from './view';

/**
 * Looks at the cluster with a release in mind, on whose behalf nothing has been touched yet.
 * @throws CliError if the cluster does not answer
 */
export async function lookSafely(
  kubectl: Kubectl,
  environment: Environment,
  release: Release,
): Promise<View> {
  try {
    return await look(kubectl, environment, release);
  } catch (error) {
    if (error instanceof CliError || !(error instanceof Error)) throw error;
    throw new CliError(
      `the cluster cannot be compared with: ${error.message.split('\n').at(-1)}`,
      `Nothing was changed. Does \`${kubectl.typed('get', 'pods')}\` answer? Then run it again`,
    );
  }
}
