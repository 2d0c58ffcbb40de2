import type { SecretValue } from '../../../checker/secrets/secret-value';

/** A server that stores passwords. Commands run in one of its own pods; passwords get there by standard input. */
export interface Server {
  /** Whether a login with this password works now. */
  accepts(user: string, password: SecretValue): Promise<boolean>;
  /** Gives a user another password. */
  change(user: string, to: SecretValue, superuser: Login): Promise<void>;
}

export interface Login {
  readonly user: string;
  readonly password: SecretValue;
}
