import type { Exception } from '../checker/exceptions';
import type { Manifest } from '../checker/manifests/manifest';
import { containers, workloads } from '../checker/manifests/workloads';
import { componentsIn } from '../lib/components';
import { AS_VARIABLES } from '../lib/components/django/scripts/scripts';
import { coped } from '../lib/coped';
import type { Environment } from '../lib/environments/environment';
import { untried } from '../lib/environments/images';
import { flowsAmong } from '../lib/network/flows';
import { exampleOutsiders, portsOf } from '../lib/network/outsiders';
import { filesOf } from '../lib/output/files';
import { exceptions, exceptionsOfChoices } from './exceptions';
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
  flows: flowsAmong(namesIn(environment), portsOf(environment), environment.application.calls),
  outsiders: exampleOutsiders(environment),
  searchClient: searchClientVersion(environment.application),
  budget: environment.budget,
  resilient: environment.resilient,
  fakeSecrets: environment.secrets.source === 'fake',
  knownSecrets: publishedSecrets,
  untried: withoutTrial(environment),
  exceptions: exceptionsIn(environment, manifests),
});

/** What is excused in an environment: by our own list, by what it says itself, and by what its application says of itself. */
export const exceptionsIn = (environment: Environment, manifests: readonly Manifest[]): Exception[] => [
  ...exceptions.filter(
    ({ only = environment.kind, component }) =>
      only === environment.kind && (component === undefined || namesIn(environment).includes(component)),
  ),
  ...givenSecrets(environment, manifests),
  ...exceptionsOfChoices(environment),
];

/** Each once, of many environments, in order. */
export const distinct = (all: readonly Exception[]): Exception[] => [
  ...new Map(all.map((one) => [`${one.rule} ${one.object} ${one.path} ${one.reason}`, one])).values(),
];

/** An application that cannot read files says why: each of its programs is excused. */
const givenSecrets = (
  { application: { secrets } }: Environment,
  manifests: readonly Manifest[],
): Exception[] =>
  secrets === 'files'
    ? []
    : workloads(manifests)
        .flatMap(containers)
        .filter(({ spec }) => spec.command?.includes(AS_VARIABLES))
        .map(({ path }) => {
          const [object = '', place = ''] = path.split(' ');
          return {
            rule: 'secret-variables',
            object: object as Exception['object'],
            path: `${place}.command`,
            reason: secrets.variables,
          };
        });

const namesIn = (environment: Environment): string[] => componentsIn(environment).map(({ name }) => name);

/** What the environment would be if it tried no release; undefined where it tries none. */
function withoutTrial(environment: Environment): Manifest[] | undefined {
  if (environment.kind === 'local' || !environment.images.insteadOf) return undefined;
  const images = untried(environment.images);
  return filesOf(coped({ ...environment, images })).flatMap(({ manifests }) => [...manifests]);
}
