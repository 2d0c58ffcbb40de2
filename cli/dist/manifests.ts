import type { Manifest } from '../../checker/manifests/manifest';
import { coped } from '../../lib/coped';
import type { Environment } from '../../lib/environments/environment';
import { filesOf } from '../../lib/output/files';

/** An environment's objects as the sources say them now; the checks are not run. */
export const manifestsOf = (environment: Environment): Manifest[] =>
  filesOf(coped(environment)).flatMap(({ manifests }) => manifests);
