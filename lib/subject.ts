import type { Manifest, Subject } from './checks/check';
import { exceptions } from './checks/exceptions';
import { softwareNeeds } from './checks/software-needs';
import type { Environment } from './environments/environment';
import { knownSecrets } from './environments/published-secrets';
import { bySecret, externalKeys, temporaryKeys } from './external-secrets';
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
  exceptions: exceptions.filter(({ only = environment.kind }) => only === environment.kind),
});
