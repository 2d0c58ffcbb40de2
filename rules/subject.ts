import type { Manifest } from '../checker/manifests/manifest';
import { coped } from '../lib/coped';
import type { Environment } from '../lib/environments/environment';
import { untried } from '../lib/environments/images';
import { flows } from '../lib/network/flows';
import { exampleOutsiders } from '../lib/network/outsiders';
import { filesOf } from '../lib/output/files';
import { exceptions } from './exceptions';
import { bySecret, externalKeys, temporaryKeys } from './external-secrets';
import { publishedSecrets } from './published-secrets';
import type { CopedSubject } from './rule';
import { searchClientVersion } from './search-client';

/** What the checks need to know of an environment besides its objects. */
export const subjectOf = (
  environment: Environment,
  manifests: readonly Manifest[],
  committed: readonly Manifest[],
): CopedSubject => ({
  environment: environment.name,
  manifests,
  committed,
  externalSecrets: bySecret([...externalKeys(environment), ...temporaryKeys(environment)]),
  own: true,
  flows,
  outsiders: exampleOutsiders(environment),
  searchClient: searchClientVersion(),
  budget: environment.budget,
  resilient: environment.resilient,
  fakeSecrets: environment.secrets.source === 'fake',
  knownSecrets: publishedSecrets,
  untried: withoutTrial(environment),
  exceptions: exceptions.filter(({ only = environment.kind }) => only === environment.kind),
});

/** What the environment would be if it tried no release; undefined where it tries none. */
function withoutTrial(environment: Environment): Manifest[] | undefined {
  if (environment.kind === 'local' || !environment.images.insteadOf) return undefined;
  const images = untried(environment.images);
  return filesOf(coped({ ...environment, images })).flatMap(({ manifests }) => [...manifests]);
}
