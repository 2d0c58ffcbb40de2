import { z } from 'zod';
import { configMap, file } from '../../kubernetes/config-files';
import { versionOf } from '../../kubernetes/labels';
import type { SecretKey } from '../../kubernetes/secret-key';
import { cidr, integer } from '../../kubernetes/values';
import { configFiles, type Mounted, secretFiles } from '../../kubernetes/volumes';
import { component } from '../component';
import { credentialsOf } from '../credentials';
import { elasticsearch as elasticsearchComponent } from '../elasticsearch/elasticsearch';
import { metabase as metabaseComponent } from '../metabase/metabase';
import { postgres as postgresComponent } from '../postgres/postgres';
import { redis as redisComponent } from '../redis/redis';
import { divided, type Given, given } from './environment';

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
  image: { of: 'application' },
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
    const redis = use(redisComponent);
    const { application, components } = environment;
    const hasApi = components.includes('api');
    const as = (password: SecretKey & { user: string }): Given => {
      const variables = {
        ...credentialsOf(application),
        ...application.variables({
          host: environment.hosts[0],
          // Notebooks call the API by the name of its Service.
          hosts: [...environment.hosts, hasApi ? 'api' : 'web'],
          debug: settings.debug,
          release: settings.showRelease ? versionOf(image) : '',
          realSecrets: environment.realSecrets,
          maxBodyBytes: settings.maxBodyBytes,
          trustedProxies: 'trustedProxies' in settings ? settings.trustedProxies : [],
          signingKey: secrets.key,
          postgres: {
            host: postgres.host,
            port: postgres.port,
            database: postgres.database,
            user: password.user,
            password,
          },
          elasticsearch: elasticsearch && {
            host: elasticsearch.host,
            port: elasticsearch.port,
            user: elasticsearch.users.application.user,
            password: elasticsearch.users.application,
            authority: elasticsearch.authority,
          },
          redis,
          metabase: use(metabaseComponent),
        }),
      };
      return given(variables, application, environment.realSecrets);
    };
    const roles = [as(postgres.users.application), as(postgres.users.owner)] as const;
    const { common, own } = divided(roles);
    configMap(scope, 'django', common);
    // By the application's own variables, where it has such.
    const address = ({ host, port }: { host: string; port: number }): string =>
      [host, String(port)]
        .map((text) => {
          const name = Object.keys(common).find((one) => common[one] === text);
          return name === undefined ? text : `"$${name}"`;
        })
        .join(' ');

    const login = (role: 0 | 1, volume: string): DatabaseLogin => ({
      env: own[role] ?? {},
      secrets: secretFiles(roles[role].files, volume),
    });
    // What lets a server notice that its code was edited: see live.py.
    const live =
      settings.reload && application.source
        ? { script: configFiles('live', '/live', 'live'), code: application.source.code }
        : undefined;
    if (live) configMap(scope, 'live', { 'live.py': file(__dirname, 'live.py') });

    return {
      settings,
      image,
      program: application,
      /** Where its scripts wait for the servers. */
      servers: {
        postgres: address(postgres),
        ...(elasticsearch && { elasticsearch: address(elasticsearch) }),
      },
      /** A name that Django accepts as its own. */
      host: environment.hosts[0],
      /** ConfigMap with the environment that all of its pods have. */
      config: 'django',
      /** Reads and writes rows. */
      application: login(0, 'secrets'),
      /** Owns the tables: only what migrates or flushes. */
      owner: login(1, 'owner-secrets'),
      /** Serves code that is being edited, in a writable copy; absent where the code is the image's. */
      live,
    };
  },
});

export type DjangoConnection = ReturnType<typeof django.build>;
