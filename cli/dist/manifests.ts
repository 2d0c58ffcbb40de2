import type { Manifest } from '../../checker/manifests/manifest';
import type { Environment } from '../../lib/environments/environment';

/** An environment's objects as the sources say them now; the checks are not run. */
export function manifestsOf(environment: Environment): Manifest[] {
  // Loaded when someone asks: most runs of the commands that could ask do not.
  const { coped } = require('../../lib/coped') as typeof import('../../lib/coped');
  const { filesOf } = require('../../lib/output/files') as typeof import('../../lib/output/files');
  return filesOf(coped(environment)).flatMap(({ manifests }) => manifests);
}
