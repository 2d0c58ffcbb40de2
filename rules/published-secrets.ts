import { SecretValue } from '../checker/secrets/secret-value';
import { fakeValue, secrets } from '../lib/components/secrets';

/** The values of every laptop, which stand in Git for everybody to read: nothing else in an environment may hold one. */
export const publishedSecrets: readonly SecretValue[] = secrets.map(
  (secret) => new SecretValue(fakeValue(secret)),
);
