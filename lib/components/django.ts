import { Construct } from 'constructs';
import { z } from 'zod';
import { integer } from '../kubernetes/values';
import { configMap } from '../kubernetes/config-files';
import { type Mounted, SECRETS_PATH, secretFiles } from '../kubernetes/volumes';
import type { ElasticsearchConnection } from './elasticsearch';
import type { PostgresConnection } from './postgres';
import { next, previous, type SecretKey, secrets } from './secrets';

const common = {
  /** Largest request body in bytes; Django refuses more. The Compose version's Nginx had 1 MiB. */
  maxBodyBytes: integer(1024, 1024 ** 3).default(1024 ** 2),
  /** Seconds after which a request is given up. */
  requestTimeout: integer(5, 600).default(60),
};

/** On a laptop. */
export const localDjangoSettings = z.strictObject({
  ...common,
  /** Django's debug mode: error pages that show code and settings. */
  debug: z.boolean().default(true),
  /** Serve an edited file at once, from a writable copy of the code. */
  reload: z.boolean().default(true),
  /** What happens to the database whenever the web pod starts. */
  databaseOnStart: z.enum(['flush-and-migrate', 'nothing']).default('flush-and-migrate'),
});

const LOCAL_ONLY = 'belongs to local environments: here it would';

/** Where people can reach the site. */
export const hostedDjangoSettings = z.strictObject({
  ...common,
  debug: z
    .literal(false, { error: `${LOCAL_ONLY} show code and settings to everybody; remove the key` })
    .default(false),
  reload: z.literal(false, { error: `${LOCAL_ONLY} make code writable; remove the key` }).default(false),
  databaseOnStart: z
    .literal('nothing', {
      error: `${LOCAL_ONLY} change or delete people's data; remove the key, migrate by hand`,
    })
    .default('nothing'),
});

export type DjangoSettings = z.infer<typeof localDjangoSettings> | z.infer<typeof hostedDjangoSettings>;

/** A database role's login, as Django expects it. */
export interface DatabaseLogin {
  /** Environment of the container that logs in. */
  readonly env: Record<string, string>;
  /** The secrets it needs, this role's password among them. */
  readonly secrets: Mounted;
}

/** Everything that web, api and migrate share. */
export interface DjangoConnection {
  readonly settings: DjangoSettings;
  readonly image: string;
  /** A name that Django accepts as its own. */
  readonly host: string;
  /** ConfigMap with the environment that all of them have. */
  readonly config: string;
  /** Reads and writes rows. */
  readonly application: DatabaseLogin;
  /** Owns the tables: only what migrates or flushes. */
  readonly owner: DatabaseLogin;
}

export interface DjangoProps {
  readonly settings: DjangoSettings;
  readonly image: string;
  /** Names under which the site is asked for; the first is its own. */
  readonly allowedHosts: readonly [string, ...string[]];
  readonly postgres: PostgresConnection;
  readonly elasticsearch: ElasticsearchConnection;
  /** Secrets that everybody knows are refused. */
  readonly realSecrets: boolean;
}

/** User of COPED's own images. */
export const APPLICATION_USER_ID = 10001;

/** The configuration of the Django project, once, for every pod that runs it. */
export class Django extends Construct {
  readonly connection: DjangoConnection;

  constructor(
    scope: Construct,
    id: string,
    { settings, image, allowedHosts, postgres, elasticsearch, realSecrets }: DjangoProps,
  ) {
    super(scope, id);

    configMap(this, 'django', {
      DEBUG: settings.debug ? '1' : '0',
      DJANGO_ALLOWED_HOSTS: allowedHosts.join(' '),
      DATA_UPLOAD_MAX_MEMORY_SIZE: String(settings.maxBodyBytes),
      REQUIRE_REAL_SECRETS: realSecrets ? '1' : '0',
      SECRET_KEY_FILE: `${SECRETS_PATH}/secret-key`,
      SECRET_KEY_FROM: described(secrets.djangoSecretKey),
      SQL_ENGINE: 'django.db.backends.postgresql',
      SQL_HOST: postgres.host,
      SQL_PORT: String(postgres.port),
      SQL_DATABASE: postgres.database,
      SQL_PASSWORD_FILE: `${SECRETS_PATH}/sql-password`,
      ELASTIC_HOSTNAME: elasticsearch.host,
      ELASTIC_PORT: String(elasticsearch.port),
      ELASTIC_USER: elasticsearch.user,
      ELASTIC_PASSWORD_FILE: `${SECRETS_PATH}/elastic-password`,
      ELASTIC_PASSWORD_FROM: described(secrets.elasticsearchApplication),
      // A laptop's secrets stand in Git: there is nothing to change.
      ...(realSecrets && {
        SECRET_KEY_NEXT_FILE: `${SECRETS_PATH}/next-secret-key`,
        SECRET_KEY_PREVIOUS_FILE: `${SECRETS_PATH}/previous-secret-key`,
        SQL_PASSWORD_PREVIOUS_FILE: `${SECRETS_PATH}/previous-sql-password`,
        ELASTIC_PASSWORD_PREVIOUS_FILE: `${SECRETS_PATH}/previous-elastic-password`,
      }),
      ...(elasticsearch.authority && { ELASTIC_CA_FILE: `${SECRETS_PATH}/elasticsearch-ca.crt` }),
    });

    const login = (volume: string, user: string, password: SecretKey): DatabaseLogin => ({
      env: { SQL_USER: user, SQL_PASSWORD_FROM: described(password) },
      secrets: secretFiles(
        {
          'secret-key': secrets.djangoSecretKey,
          'sql-password': password,
          'elastic-password': secrets.elasticsearchApplication,
          ...(elasticsearch.authority && { 'elasticsearch-ca.crt': elasticsearch.authority }),
          ...(realSecrets && {
            'next-secret-key': next(secrets.djangoSecretKey),
            'previous-secret-key': previous(secrets.djangoSecretKey),
            'previous-sql-password': previous(password),
            'previous-elastic-password': previous(secrets.elasticsearchApplication),
          }),
        },
        volume,
      ),
    });
    this.connection = {
      settings,
      image,
      host: allowedHosts[0],
      config: 'django',
      application: login('secrets', 'coped_application', secrets.postgresApplication),
      owner: login('owner-secrets', 'coped_owner', secrets.postgresOwner),
    };
  }
}

/** Where a secret is kept, for the message that refuses it. */
const described = ({ secret, key }: SecretKey): string => `Secret ${secret}, key ${key}`;
