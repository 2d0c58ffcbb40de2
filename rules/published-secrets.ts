import { SecretValue } from '../checker/secrets/secret-value';
import type { Environment } from '../lib/environments/environment';
import { environments } from '../lib/environments/index';

/** Values that stand in Git for everybody to read: worth something nowhere. */
export const publishedSecrets: readonly SecretValue[] = environments.flatMap(({ secrets }) =>
  secrets?.source === 'fake' ? Object.values(secrets.values).map((text) => new SecretValue(text)) : [],
);

/** Values that may stand nowhere in an environment's objects, except as those of its own Secrets. */
export const knownSecrets = ({ secrets }: Environment): readonly SecretValue[] =>
  secrets.source === 'fake' ? Object.values(secrets.values) : publishedSecrets;
