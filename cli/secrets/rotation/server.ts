import type { SecretValue } from '../../../checker/secrets/secret-value';
import type { Environment } from '../../../lib/environments/environment';
import type { Kubectl } from '../../cluster/kubectl';
import type { ServerName } from '../accounts';
import { elasticsearchServer } from './elasticsearch';
import { postgresServer } from './postgres';

/** A server that knows passwords. It is asked from inside one of its own pods; passwords get there by standard input. */
export interface Server {
  /** Whether somebody can log in with this password, now. */
  accepts(user: string, password: SecretValue): Promise<boolean>;
  /** Gives a user another password. */
  change(user: string, to: SecretValue, superuser: Login): Promise<void>;
}

export interface Login {
  readonly user: string;
  readonly password: SecretValue;
}

export const serverOf = (name: ServerName, kubectl: Kubectl, environment: Environment): Server =>
  name === 'postgres' ? postgresServer(kubectl) : elasticsearchServer(kubectl, environment);
