import type { SecretName } from '../../lib/components/secrets';

/** A server that knows passwords itself. */
export type ServerName = 'postgres' | 'elasticsearch';

/** Whose password a secret is. */
export interface Account {
  readonly server: ServerName;
  /** What the server calls the user: lib/components/postgres/bootstrap.sql, elasticsearch/bootstrap.sh. */
  readonly user: string;
  /** May change the passwords of all. */
  readonly superuser?: true;
}

/**
 * Whose each secret is. Where a server knows it, too, a new value is worth nothing until the server has heard of it; what
 * nobody but the pods knows has none.
 */
export const accounts: Readonly<Record<SecretName, Account | undefined>> = {
  djangoSecretKey: undefined,
  postgresBackup: { server: 'postgres', user: 'coped_backup' },
  postgresReadonly: { server: 'postgres', user: 'coped_readonly' },
  postgresOwner: { server: 'postgres', user: 'coped_owner' },
  postgresApplication: { server: 'postgres', user: 'coped_application' },
  postgresSuperuser: { server: 'postgres', user: 'postgres', superuser: true },
  elasticsearchApplication: { server: 'elasticsearch', user: 'coped_application' },
  elasticsearchSuperuser: { server: 'elasticsearch', user: 'elastic', superuser: true },
};

export const accountOf = (name: SecretName): Account | undefined => accounts[name];
