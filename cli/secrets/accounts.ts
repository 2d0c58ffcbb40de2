import type { Secret } from '../../lib/components/secrets';

/** A server that knows passwords itself. */
export type ServerName = 'postgres' | 'elasticsearch';

/** Whose password a secret is. */
export interface Account {
  readonly server: ServerName;
  /** What the server calls the user. */
  readonly user: string;
  /** May change the passwords of all. */
  readonly superuser?: true;
}

/** Where a server knows a secret, too, a new value is worth nothing until the server has it; what only pods know has none. */
export const accountOf = ({ component, user, superuser }: Secret): Account | undefined =>
  user === undefined ? undefined : { server: component as ServerName, user, superuser };

/** Only pods know it, and while it changes they accept two values: Django's key. */
export const isSharedKey = ({ user, rotation }: Secret): boolean => user === undefined && rotation.length > 0;
