import { z } from 'zod';
import { SecretValue } from '../../checker/secrets/secret-value';

/** One key of one Secret. Components know where a secret is kept, never what it is. */
export interface SecretKey {
  readonly secret: string;
  readonly key: string;
}

/** One that is there only while the secret changes: `coped secrets rotate` puts it there and removes it. */
export interface PassingKey extends SecretKey {
  readonly optional: true;
}

/** A secret, and what it is for: docs/secrets.md tells people so. */
export interface Secret extends SecretKey {
  readonly purpose: string;
}

const password = (secret: string, purpose: string): Secret => ({ secret, key: 'password', purpose });

/** Every secret of COPED. Each stands in a Secret of its own, so that a pod can be given exactly what it needs. */
export const secrets = {
  djangoSecretKey: {
    secret: 'django',
    key: 'secret-key',
    purpose: 'Signs sessions and password-reset links.',
  },
  postgresSuperuser: password(
    'postgres-superuser',
    "PostgreSQL's superuser: only the server's first start and the bootstrap Job.",
  ),
  postgresOwner: password('postgres-owner', 'Owns the tables: migrations.'),
  postgresApplication: password('postgres-application', 'Reads and writes rows: web and api.'),
  postgresReadonly: password('postgres-readonly', 'Reads rows: people with an SQL client.'),
  postgresBackup: password('postgres-backup', 'Reads everything: the nightly dump.'),
  elasticsearchSuperuser: password(
    'elasticsearch-superuser',
    "Elasticsearch's built-in user `elastic`: only the first start and the bootstrap Job.",
  ),
  elasticsearchApplication: password(
    'elasticsearch-application',
    'Searches and indexes: web, api and migrations.',
  ),
} as const satisfies Record<string, Secret>;

export type SecretName = keyof typeof secrets;

/** Where the value before this one stays until nobody needs it any more. */
export const previous = ({ secret, key }: SecretKey): PassingKey => ({
  secret,
  key: `previous-${key}`,
  optional: true,
});

/** Where a value waits that must be accepted everywhere before it is used anywhere. */
export const next = ({ secret, key }: SecretKey): PassingKey => ({
  secret,
  key: `next-${key}`,
  optional: true,
});

/** What Django reads while a secret changes, so that no request fails meanwhile. */
export const passingKeys: readonly PassingKey[] = [
  next(secrets.djangoSecretKey),
  previous(secrets.djangoSecretKey),
  previous(secrets.postgresOwner),
  previous(secrets.postgresApplication),
  previous(secrets.elasticsearchApplication),
];

const fake = z
  .string()
  .regex(/^fake-[a-z0-9-]{8,}$/, {
    error: 'is not obviously fake; write "fake-" and at least 8 lower-case letters, digits or dashes',
  })
  .transform((text) => new SecretValue(text));

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
export const existingSecrets = z.strictObject({
  source: z.literal('existing', {
    error:
      'is not how a hosted environment gets its secrets; write "existing", no value of theirs is ever known here',
  }),
});
