import { type Secret, secrets } from '../../lib/components/secrets';
import type { Environment } from '../../lib/environments/environment';
import { RefusedError } from '../terminal/errors';

/** One secret of COPED, and what users call it. */
export interface Key extends Secret {
  /** As people name it: `postgres-application/password`. */
  readonly path: string;
}

/** Every secret, in the order of the table. */
export const keys: readonly Key[] = secrets.map((secret) => ({
  ...secret,
  path: `${secret.secret}/${secret.key}`,
}));

/**
 * The secret that somebody means: by its path or its Secret.
 * @throws RefusedError if there is none
 */
export function keyNamed(text: string): Key {
  const found = keys.find(({ path, secret }) => [path, secret].includes(text));
  if (found) return found;
  if (/tls|crt/.test(text)) {
    throw new RefusedError(
      `${text}: a certificate and its key are replaced together`,
      'See docs/clusters.md#certificates-without-cert-manager',
    );
  }
  throw new RefusedError(
    `"${text}" is not a secret of COPED`,
    `Choose from ${keys.map(({ path }) => path).join(', ')}`,
  );
}

/** @throws RefusedError for a laptop's secrets, which stand in Git */
export function hostedOnly({ name, kind }: Environment): void {
  if (kind === 'hosted') return;
  throw new RefusedError(
    `${name} has fake secrets, which are in dist/${name}`,
    'There is nothing to create, change or check; hosted environments have real ones',
  );
}
