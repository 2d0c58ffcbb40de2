import type { Environment } from '../../lib/environments/environment';
import { Interrupted } from '../cluster/execute';
import type { Kubectl } from '../cluster/kubectl';
import { Failure } from '../terminal/failure';
import type { Release } from './release';
import { look, type View } from './view';

/**
 * Looks at the cluster with a release in mind, on whose behalf nothing has been touched yet.
 * @throws Failure if the cluster does not answer
 */
export async function lookSafely(
  kubectl: Kubectl,
  environment: Environment,
  release: Release,
): Promise<View> {
  try {
    return await look(kubectl, environment, release);
  } catch (error) {
    if (error instanceof Interrupted || error instanceof Failure || !(error instanceof Error)) throw error;
    throw new Failure(
      `the cluster cannot be compared with: ${error.message.split('\n').at(-1)}`,
      `Nothing was changed. Does \`${kubectl.typed('get', 'pods')}\` answer? Then run it again`,
    );
  }
}
