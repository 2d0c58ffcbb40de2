import type { Manifest, Subject } from './checks/check';
import { exceptions } from './checks/exceptions';
import { softwareNeeds } from './checks/software-needs';
import { coped } from './coped';
import type { Environment } from './environments/environment';
import { untried } from './environments/images';
import { knownSecrets } from './environments/published-secrets';
import { bySecret, externalKeys, temporaryKeys } from './external-secrets';
import { filesOf } from './files';
import { flows } from './network/flows';
import { exampleOutsiders } from './network/outsiders';

/** What the checks need to know of an environment besides its objects. */
export const subjectOf = (
  environment: Environment,
  manifests: readonly Manifest[],
  committed: readonly Manifest[],
): Subject => ({
  environment: environment.name,
  manifests,
  committed,
  externalSecrets: bySecret([...externalKeys(environment), ...temporaryKeys(environment)]),
  flows,
  outsiders: exampleOutsiders(environment),
  budget: environment.budget,
  software: softwareNeeds,
  resilient: environment.resilient,
  fakeSecrets: environment.secrets.source === 'fake',
  knownSecrets: knownSecrets(environment),
  untried: withoutTrial(environment),
  exceptions: exceptions.filter(({ only = environment.kind }) => only === environment.kind),
});

/** What the environment would be if it tried no release; undefined where it tries none. */
function withoutTrial(environment: Environment): Manifest[] | undefined {
  if (environment.kind === 'local' || !environment.images.insteadOf) return undefined;
  const images = untried(environment.images);
  return filesOf(coped({ ...environment, images })).flatMap(({ manifests }) => [...manifests]);
}
