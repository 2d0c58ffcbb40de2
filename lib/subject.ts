import type { Manifest, Subject } from './checks/check';
import { exceptions } from './checks/exceptions';
import { secrets } from './components/secrets';
import type { Environment } from './environments/environment';
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
  externalSecrets: externalSecretsOf(environment),
  flows,
  outsiders: exampleOutsiders(environment),
  budget: environment.budget,
  fakeSecrets: environment.secrets.source === 'fake',
  exceptions: exceptions.filter(({ only = environment.kind }) => only === environment.kind),
});

/** The Secrets that somebody has to put into the namespace before the first deploy, with their keys. */
export const externalSecretsOf = ({
  secrets: { source },
  certificates,
}: Environment): Record<string, string[]> => ({
  ...(source === 'existing' &&
    Object.fromEntries(Object.values(secrets).map(({ secret, key }) => [secret, [key]]))),
  ...(certificates?.source === 'existing' && {
    [certificates.ingressSecret]: ['tls.crt', 'tls.key'],
    [certificates.elasticsearchSecret]: ['tls.crt', 'tls.key', 'ca.crt'],
  }),
});
