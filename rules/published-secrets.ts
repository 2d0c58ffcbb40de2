import { SecretValue } from '../checker/secrets/secret-value';
import { fakeValue, secrets } from '../lib/components/secrets';

/** The values of every laptop, which are public in Git: nothing else in an environment may hold one. */
export const publishedSecrets: readonly SecretValue[] = secrets.map(
  (secret) => new SecretValue(fakeValue(secret)),
);
