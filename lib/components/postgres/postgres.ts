import { z } from 'zod';
import { quantity } from '../../../formats/quantity';
import type { DatabaseTls } from '../../known';
import { file } from '../../kubernetes/config-files';
import { HANGS, startsWithin, tcpProbe } from '../../kubernetes/probes';
import { bytes, integer, objectName, resources } from '../../kubernetes/values';
import { claimTemplate, SECRETS_PATH, scratch, secretFiles } from '../../kubernetes/volumes';
import { service, statefulSet } from '../../kubernetes/workloads';
import { component } from '../component';
import { KINDS, KINDS_OF_LAPTOPS, ownKind } from '../elsewhere';
import { externalPostgres } from './external';

/** User `postgres` of the official Debian images. */
export const POSTGRES_USER_ID = 999;
/** A directory below the volume's root: the root belongs to the user who made the volume, not to PostgreSQL. */
const DATA = '/var/lib/postgresql/data';
const PGDATA = `${DATA}/pgdata`;

/** File of the authority that signed an external server's certificate. */
export const CA = 'postgres-ca.crt';

/** MiB that one sort may take at least: the server's default of work_mem. */
const WORK_MEM = 4;

/**
 * How the server divides its memory, in MiB. What it takes for good is a quarter; what the planner may expect to be cached
 * is that and the page cache, which the limit bounds, too: by default it expects 4 GB.
 * https://www.postgresql.org/docs/17/runtime-config-resource.html, https://www.postgresql.org/docs/17/runtime-config-query.html
 */
function memoryOf(memoryLimit: string, maxConnections: number) {
  const limit = (quantity(memoryLimit) ?? 0) / 1024 ** 2;
  const buffers = Math.floor(limit / 4);
  // Half of the rest: a query may sort more than once.
  const sort = Math.max(WORK_MEM, Math.floor((limit - buffers) / maxConnections / 2));
  return { limit, buffers, sort, maintenance: Math.floor(limit / 16), cached: Math.floor((limit * 3) / 4) };
}

const server = z
  .strictObject({
    kind: ownKind,
    /** Size of the volume. It can grow later, never shrink. */
    storage: bytes,
    /** Kind of disk; the cluster's default if absent. */
    storageClass: objectName.optional(),
    /** Connections at once: every web and api thread may hold one. */
    maxConnections: integer(20, 1000).default(100),
    resources: resources({ cpu: '500m', memory: '1Gi', memoryLimit: '1Gi' }),
  })
  .check((ctx) => {
    const { maxConnections, resources } = ctx.value;
    const { limit, buffers } = memoryOf(resources.memoryLimit, maxConnections);
    const needed = buffers + maxConnections * WORK_MEM;
    if (needed <= limit) return;
    const message = `needs up to ${needed}Mi when every connection sorts, more than resources.memoryLimit ${resources.memoryLimit}; lower it, or raise the limit`;
    ctx.issues.push({ code: 'custom', path: ['maxConnections'], message, input: maxConnections });
  });

/** The database: one server with its own disk. Its roles and the database itself are made by postgres-bootstrap. */
export const postgres = component({
  name: 'postgres',
  tier: 'data',
  software: 'postgresql',
  image: 'docker.io/library/postgres:17.12-trixie',
  ports: { postgres: 5432 },
  secrets: {
    superuser: {
      user: 'postgres',
      superuser: true,
      reader: 'postgres-bootstrap',
      purpose: "PostgreSQL's superuser: only the server's first start and the bootstrap Job.",
    },
    owner: { user: 'coped_owner', purpose: 'Owns the tables: migrations.', rotation: 'previous' },
    application: {
      user: 'coped_application',
      purpose: 'Reads and writes rows: web and api.',
      rotation: 'previous',
    },
    readonly: {
      user: 'coped_readonly',
      reader: 'postgres-bootstrap',
      purpose: 'Reads rows: people with an SQL client.',
    },
    backup: { user: 'coped_backup', reader: 'backup', purpose: 'Reads everything: the nightly dump.' },
    metabase: { user: 'coped_metabase', purpose: 'Owns the database of Metabase.', for: 'metabase' },
  },
  settings: {
    local: z.discriminatedUnion('kind', [server], KINDS_OF_LAPTOPS),
    hosted: z.discriminatedUnion('kind', [server, externalPostgres], KINDS),
  },
  build({ scope, identity, settings, image, ports, secrets, environment }) {
    if (settings.kind === 'external') {
      const { host, port, database, tls: mode, authority } = settings;
      const tls = { mode, authority: { ...authority, file: CA }, path: `${SECRETS_PATH}/${CA}` };
      return { host, port, database, image, users: secrets, tls };
    }
    const secretVolume = secretFiles({ 'superuser-password': secrets.superuser });
    const memory = memoryOf(settings.resources.memoryLimit, settings.maxConnections);
    const volumes = [
      secretVolume,
      scratch('tmp', '/tmp', '64Mi'),
      scratch('run', '/var/run/postgresql', '8Mi'),
      // Parallel queries share memory here; the runtime's own 64 MiB are too few.
      scratch('shared-memory', '/dev/shm', '128Mi', 'Memory'),
    ];

    service(scope, 'postgres', { name: 'postgres', number: ports.postgres });
    statefulSet(scope, {
      ...identity,
      user: POSTGRES_USER_ID,
      replicas: 1,
      resilient: environment.resilient,
      keepData: environment.keepData,
      serviceName: 'postgres',
      claims: [claimTemplate('data', settings.storage, settings.storageClass)],
      volumes: volumes.map(({ volume }) => volume),
      // The image stops with SIGINT: sessions are ended, then one checkpoint is written.
      gracePeriod: 120,
      initContainers: environment.realSecrets
        ? [
            {
              name: 'refuse-weak-password',
              image,
              command: [
                'sh',
                '-euc',
                file(__dirname, 'first-start-only.sh') + file(__dirname, '..', 'refuse-weak.sh'),
                'refuse-weak.sh',
                'postgres',
                'superuser',
              ],
              env: { PGDATA },
              resources: { cpu: '25m', memory: '32Mi', memoryLimit: '128Mi' },
              mounts: [secretVolume.mount, { name: 'data', mountPath: DATA, readOnly: true }],
            },
          ]
        : undefined,
      containers: [
        {
          name: 'postgres',
          image,
          args: Object.entries({
            port: ports.postgres,
            max_connections: settings.maxConnections,
            shared_buffers: `${memory.buffers}MB`,
            effective_cache_size: `${memory.cached}MB`,
            work_mem: `${memory.sort}MB`,
            maintenance_work_mem: `${memory.maintenance}MB`,
            password_encryption: 'scram-sha-256',
          }).flatMap(([setting, value]) => ['-c', `${setting}=${value}`]),
          env: {
            PGDATA,
            POSTGRES_PASSWORD_FILE: `${SECRETS_PATH}/superuser-password`,
            // initdb alone would let every process inside the pod in without a password.
            POSTGRES_INITDB_ARGS: '--auth-local=scram-sha-256 --auth-host=scram-sha-256 --data-checksums',
          },
          ports,
          resources: settings.resources,
          mounts: [{ name: 'data', mountPath: DATA }, ...volumes.map(({ mount }) => mount)],
          // Over TCP, where it listens once it is initialised. A busy machine may be too slow to start a command like
          // pg_isready in time, and a database that is only slow must be neither taken away nor restarted.
          // Recovery after a crash replays the log, and begins again if it is cut short: an hour to start.
          startupProbe: tcpProbe('postgres', startsWithin(3600)),
          readinessProbe: tcpProbe('postgres', { every: 5, failures: 12 }),
          livenessProbe: tcpProbe('postgres', HANGS),
        },
      ],
    });
    const tls: DatabaseTls | undefined = undefined;
    return { host: 'postgres', port: ports.postgres, database: 'coped', image, users: secrets, tls };
  },
});
