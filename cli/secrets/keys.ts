import { type Secret, secretsIn } from '../../lib/components/secrets';
import type { Environment } from '../../lib/environments/environment';
import { RefusedError } from '../terminal/errors';

/** One secret of COPED, and what users call it. */
export interface Key extends Secret {
  /** `postgres-application/password` */
  readonly path: string;
}

/** Every secret of an environment, in the order of the table. */
export const keysOf = (environment: Environment): readonly Key[] =>
  secretsIn(environment).map((secret) => ({ ...secret, path: `${secret.secret}/${secret.key}` }));

/**
 * A secret by its path or its Secret.
 * @throws RefusedError if there is none
 */
export function keyNamed(text: string, environment: Environment): Key {
  const keys = keysOf(environment);
  // Of a Secret with several keys, one has to be named.
  const found = keys.find(({ path }) => path === text) ?? only(keys.filter(({ secret }) => secret === text));
  if (found) return found;
  if (/tls|crt/.test(text)) {
    throw new RefusedError(
      `${text}: a certificate and its key are replaced together`,
      'See docs/clusters.md#certificates-without-cert-manager',
    );
  }
  throw new RefusedError(
    `"${text}" is not a secret of ${environment.name}`,
    `Choose from ${keys.map(({ path }) => path).join(', ')}`,
  );
}

const only = <T>(all: readonly T[]): T | undefined => (all.length === 1 ? all[0] : undefined);

/** A server that stores passwords itself. */
export type ServerName = 'postgres' | 'elasticsearch';

/** The user of a server whose password a secret is. */
export interface Account {
  readonly server: ServerName;
  /** What the server calls the user. */
  readonly user: string;
  /** May change the passwords of all users. */
  readonly superuser?: true;
}

/** A new password has no effect until its server has it, too. Undefined for a secret that only pods know. */
export const accountOf = ({ component, user, superuser, from }: Secret): Account | undefined =>
  // Who runs a server elsewhere stores the password there.
  user === undefined || from ? undefined : { server: component as ServerName, user, superuser };

/** Only pods know it, and while it changes they accept two values: Django's key. */
export const isSharedKey = ({ user, rotation }: Secret): boolean => user === undefined && rotation.length > 0;
