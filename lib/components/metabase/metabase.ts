import { z } from 'zod';
import { HANGS, httpProbe, startsWithin, tcpProbe } from '../../kubernetes/probes';
import { integer, resources } from '../../kubernetes/values';
import { SECRETS_PATH, scratch, secretFiles } from '../../kubernetes/volumes';
import { deployment, service } from '../../kubernetes/workloads';
import { component } from '../component';
import { postgres as postgresComponent } from '../postgres/postgres';

/** Where browsers find it. It does not know of this itself: see route.ts. */
export const METABASE_PATH = '/metabase';
/** Seconds for which a pod that must go still serves, until the ingress has noticed. */
const LINGER = 15;

const common = {
  /** Connections to its own database, and as many to each database that it shows. */
  connections: integer(5, 100).default(10),
  /** Java takes half of the memory limit; the rest is for threads, code and what drivers take. */
  resources: resources({ cpu: '500m', memory: '1536Mi', memoryLimit: '2Gi' }),
};

/** Middlewares of Traefik that do what route.ts says, where Traefik has them already. */
const middlewares = z.string();

/** Questions and dashboards for people who know no SQL. Django signs people in there, and reads what it stores. */
export const metabase = component({
  name: 'metabase',
  tier: 'web',
  software: 'metabase',
  // Of the versions that Metabase supports for long.
  image: 'docker.io/metabase/metabase:v0.64.6',
  ports: { http: 3000 },
  settings: {
    // Those of local/traefik/routes.yml: a laptop's Traefik knows no objects of its own kinds.
    local: z
      .strictObject({
        ...common,
        middlewares: middlewares.default('metabase-slash@file,metabase-prefix@file'),
      })
      .optional(),
    hosted: z.strictObject({ ...common, middlewares: middlewares.optional() }).optional(),
  },
  build({ scope, identity, settings, image, ports, environment, use }) {
    const { host, port, users } = use(postgresComponent);
    const database = { host, port, name: 'metabase' };
    const { hosts, certificates } = environment;
    const volumes = [
      secretFiles({ 'db-password': users.metabase }),
      scratch('tmp', '/tmp', '512Mi'),
      // It unpacks its drivers there.
      scratch('plugins', '/plugins', '1Gi'),
    ];

    service(scope, 'metabase', { name: 'http', number: ports.http });
    deployment(scope, {
      ...identity,
      // What the image itself would become, if it were started as root.
      user: 2000,
      replicas: 1,
      // A new version changes the tables, and an old one must not work on them.
      alone: true,
      resilient: false,
      gracePeriod: LINGER + 45,
      volumes: volumes.map(({ volume }) => volume),
      containers: [
        {
          name: 'metabase',
          image,
          // No encryption key: applications read what it stores, the key of embedded dashboards for one.
          env: {
            JAVA_OPTS: '-XX:MaxRAMPercentage=50 -Duser.home=/tmp',
            MB_JETTY_PORT: String(ports.http),
            MB_SITE_URL: `${certificates ? 'https' : 'http'}://${hosts[0]}${METABASE_PATH}`,
            MB_PLUGINS_DIR: '/plugins',
            MB_DB_TYPE: 'postgres',
            MB_DB_HOST: database.host,
            MB_DB_PORT: String(database.port),
            MB_DB_DBNAME: database.name,
            MB_DB_USER: users.metabase.user,
            MB_DB_PASS_FILE: `${SECRETS_PATH}/db-password`,
            MB_APPLICATION_DB_MAX_CONNECTION_POOL_SIZE: String(settings.connections),
            MB_JDBC_DATA_WAREHOUSE_MAX_CONNECTION_POOL_SIZE: String(settings.connections),
            // It may not reach the internet.
            MB_ANON_TRACKING_ENABLED: 'false',
            MB_CHECK_FOR_UPDATES: 'false',
          },
          ports,
          resources: settings.resources,
          ephemeralStorage: '2Gi',
          mounts: volumes.map(({ mount }) => mount),
          // Its first start makes its tables, and that of a new version changes them.
          startupProbe: httpProbe('/api/health', 'http', startsWithin(900)),
          readinessProbe: httpProbe('/api/health', 'http', { every: 10, failures: 3 }),
          // Not the same path: that one fails when the database does, for which a restart is no cure.
          livenessProbe: tcpProbe('http', HANGS),
          preStop: ['sleep', String(LINGER)],
        },
      ],
    });
    return {
      service: 'metabase',
      host: 'metabase',
      port: ports.http,
      database,
      middlewares: settings.middlewares,
    };
  },
});
