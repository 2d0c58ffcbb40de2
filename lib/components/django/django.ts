import { z } from 'zod';
import { configMap, file } from '../../kubernetes/config-files';
import { versionOf } from '../../kubernetes/labels';
import { next, previous, type SecretKey } from '../../kubernetes/secret-key';
import { cidr, integer } from '../../kubernetes/values';
import { configFiles, type Mounted, SECRETS_PATH, secretFiles } from '../../kubernetes/volumes';
import { component } from '../component';
import { elasticsearch as elasticsearchComponent } from '../elasticsearch/elasticsearch';
import { postgres as postgresComponent } from '../postgres/postgres';

const common = {
  /** Largest request body in bytes; Django refuses more. The Compose version's Nginx had 1 MiB. */
  maxBodyBytes: integer(1024, 1024 ** 3).default(1024 ** 2),
  /** Seconds after which a request is given up. */
  requestTimeout: integer(5, 600).default(60),
};

/** Say at the foot of each page which pod served it, and of which release. */
const showRelease = z.boolean();

const proxyRange = cidr.refine((range) => !range.endsWith('/0'), {
  error: 'is everybody, who could then write any address into a request; write the addresses of the proxy',
});

const LOCAL_ONLY = 'belongs to local environments: here it would';

/** User of COPED's own images. */
export const APPLICATION_USER_ID = 10001;

/** A database role's login, as Django expects it. */
export interface DatabaseLogin {
  /** Environment of the container that logs in. */
  readonly env: Record<string, string>;
  /** The secrets it needs, this role's password among them. */
  readonly secrets: Mounted;
}

/** The configuration of the Django project, once, for every pod that runs it. */
export const django = component({
  name: 'django',
  tier: 'web',
  software: 'django',
  configuration: true,
  image: { folder: 'django', target: 'development' },
  secrets: {
    key: {
      secret: 'django',
      key: 'secret-key',
      purpose: 'Signs sessions and password-reset links.',
      rotation: 'next and previous',
      // As many as Django itself asks for: https://docs.djangoproject.com/en/stable/ref/checks/#security (W009)
      minimum: 50,
    },
  },
  settings: {
    local: z
      .strictObject({
        ...common,
        showRelease: showRelease.default(true),
        /** Django's debug mode: error pages that show code and settings. */
        debug: z.boolean().default(true),
        /** Serve an edited file at once, from a writable copy of the code. */
        reload: z.boolean().default(true),
        /** What happens to the database whenever the web pod starts. */
        databaseOnStart: z.enum(['flush-and-migrate', 'nothing']).default('flush-and-migrate'),
      })
      .prefault({}),
    /** Where people can reach the site. */
    hosted: z
      .strictObject({
        ...common,
        showRelease: showRelease.default(false),
        /**
         * Addresses of a proxy before the ingress controller that ends TLS and speaks plain HTTP to it: what comes from there came
         * by HTTPS. See docs/clusters.md#behind-another-proxy.
         */
        trustedProxies: z.array(proxyRange).default([]),
        debug: z
          .literal(false, { error: `${LOCAL_ONLY} show code and settings to every visitor; remove the key` })
          .default(false),
        reload: z
          .literal(false, { error: `${LOCAL_ONLY} make code writable; remove the key` })
          .default(false),
        databaseOnStart: z
          .literal('nothing', {
            error: `${LOCAL_ONLY} change or delete people's data; remove the key, migrate by hand`,
          })
          .default('nothing'),
      })
      .prefault({}),
  },
  build({ scope, settings, image, secrets, environment, use }) {
    const [postgres, elasticsearch] = [use(postgresComponent), use(elasticsearchComponent)];
    // Notebooks call the API by the name of its Service.
    const proxies = 'trustedProxies' in settings ? settings.trustedProxies : [];
    const allowedHosts = [...environment.hosts, 'api'];

    configMap(scope, 'django', {
      DEBUG: settings.debug ? '1' : '0',
      DJANGO_ALLOWED_HOSTS: allowedHosts.join(' '),
      DATA_UPLOAD_MAX_MEMORY_SIZE: String(settings.maxBodyBytes),
      RELEASE: settings.showRelease ? versionOf(image) : '',
      ...(proxies.length > 0 && { TRUSTED_PROXIES: proxies.join(' ') }),
      REQUIRE_REAL_SECRETS: environment.realSecrets ? '1' : '0',
      SECRET_KEY_FILE: `${SECRETS_PATH}/secret-key`,
      SECRET_KEY_FROM: described(secrets.key),
      SQL_ENGINE: 'django.db.backends.postgresql',
      SQL_HOST: postgres.host,
      SQL_PORT: String(postgres.port),
      SQL_DATABASE: postgres.database,
      SQL_PASSWORD_FILE: `${SECRETS_PATH}/sql-password`,
      ELASTIC_HOSTNAME: elasticsearch.host,
      ELASTIC_PORT: String(elasticsearch.port),
      ELASTIC_USER: elasticsearch.users.application.user,
      ELASTIC_PASSWORD_FILE: `${SECRETS_PATH}/elastic-password`,
      ELASTIC_PASSWORD_FROM: described(elasticsearch.users.application),
      // A laptop's secrets are in Git: there is nothing to change.
      ...(environment.realSecrets && {
        SECRET_KEY_NEXT_FILE: `${SECRETS_PATH}/next-secret-key`,
        SECRET_KEY_PREVIOUS_FILE: `${SECRETS_PATH}/previous-secret-key`,
        SQL_PASSWORD_PREVIOUS_FILE: `${SECRETS_PATH}/previous-sql-password`,
        ELASTIC_PASSWORD_PREVIOUS_FILE: `${SECRETS_PATH}/previous-elastic-password`,
      }),
      ...(elasticsearch.authority && { ELASTIC_CA_FILE: `${SECRETS_PATH}/elasticsearch-ca.crt` }),
    });

    const login = (volume: string, password: SecretKey & { user: string }): DatabaseLogin => ({
      env: { SQL_USER: password.user, SQL_PASSWORD_FROM: described(password) },
      secrets: secretFiles(
        {
          'secret-key': secrets.key,
          'sql-password': password,
          'elastic-password': elasticsearch.users.application,
          ...(elasticsearch.authority && { 'elasticsearch-ca.crt': elasticsearch.authority }),
          ...(environment.realSecrets && {
            'next-secret-key': next(secrets.key),
            'previous-secret-key': previous(secrets.key),
            'previous-sql-password': previous(password),
            'previous-elastic-password': previous(elasticsearch.users.application),
          }),
        },
        volume,
      ),
    });
    // What lets a server notice that its code was edited: see live.py.
    const live = settings.reload ? configFiles('live', '/live', 'live') : undefined;
    if (live) configMap(scope, 'live', { 'live.py': file(__dirname, 'live.py') });

    return {
      settings,
      image,
      /** A name that Django accepts as its own. */
      host: environment.hosts[0],
      /** ConfigMap with the environment that all of its pods have. */
      config: 'django',
      /** Reads and writes rows. */
      application: login('secrets', postgres.users.application),
      /** Owns the tables: only what migrates or flushes. */
      owner: login('owner-secrets', postgres.users.owner),
      /** Serves code that is being edited, in a writable copy; absent where the code is the image's. */
      live,
    };
  },
});

export type DjangoConnection = ReturnType<typeof django.build>;

/** Where a secret is kept, for the message that refuses it. */
const described = ({ secret, key }: SecretKey): string => `Secret ${secret}, key ${key}`;
