import { z } from 'zod';

/** One key of one Secret. Components know where a secret is kept, never what it is. */
export interface SecretKey {
  readonly secret: string;
  readonly key: string;
}

const password = (secret: string): SecretKey => ({ secret, key: 'password' });

/** Every secret of COPED. Each stands in a Secret of its own, so that a pod can be given exactly what it needs. */
export const secrets = {
  /** Signs sessions and password-reset links. */
  djangoSecretKey: { secret: 'django', key: 'secret-key' },
  /** PostgreSQL superuser: only the server's first start and the bootstrap Job. */
  postgresSuperuser: password('postgres-superuser'),
  /** Owns the tables: migrations. */
  postgresOwner: password('postgres-owner'),
  /** Reads and writes rows: web and api. */
  postgresApplication: password('postgres-application'),
  /** Reads rows: people with an SQL client. */
  postgresReadonly: password('postgres-readonly'),
  /** Reads everything: the nightly dump. */
  postgresBackup: password('postgres-backup'),
  /** Elasticsearch's built-in user `elastic`: only the bootstrap Job. */
  elasticsearchSuperuser: password('elasticsearch-superuser'),
  /** Searches and indexes: web, api and migrations. */
  elasticsearchApplication: password('elasticsearch-application'),
} as const satisfies Record<string, SecretKey>;

export type SecretName = keyof typeof secrets;

const fake = z.string().regex(/^fake-[a-z0-9-]{8,}$/, {
  error: 'is not obviously fake; write "fake-" and at least 8 lower-case letters, digits or dashes',
});

/** Values that stand in Git and in dist: for a laptop only, and marked as fake. */
export const fakeSecrets = z.strictObject({
  source: z.literal('fake'),
  values: z.strictObject({
    djangoSecretKey: fake,
    postgresSuperuser: fake,
    postgresOwner: fake,
    postgresApplication: fake,
    postgresReadonly: fake,
    postgresBackup: fake,
    elasticsearchSuperuser: fake,
    elasticsearchApplication: fake,
  } satisfies Record<SecretName, typeof fake>),
});

/** The Secrets are in the cluster already; nothing about their values is known here. */
export const existingSecrets = z.strictObject({ source: z.literal('existing') });
