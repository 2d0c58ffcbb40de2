import { Construct } from 'constructs';
import { z } from 'zod';
import { quantity } from '../../formats/quantity';
import { bytes, integer, objectName, resources } from '../environments/values';
import { file } from '../kubernetes/config-files';
import type { ContainerProps } from '../kubernetes/container';
import type { k8s } from '../kubernetes/k8s';
import { HANGS, tcpProbe } from '../kubernetes/probes';
import { claimTemplate, SECRETS_PATH, scratch, secretFiles } from '../kubernetes/volumes';
import { service, statefulSet } from '../kubernetes/workloads';
import { secrets } from './secrets';

const PORT = 5432;
const MEBIBYTE = 1024 ** 2;
/** User `postgres` of the official Debian images. */
export const POSTGRES_USER_ID = 999;
/** A directory below the volume's root: the root belongs to whoever made the volume, not to PostgreSQL. */
const DATA = '/var/lib/postgresql/data';
const PGDATA = `${DATA}/pgdata`;

export const postgresSettings = z.strictObject({
  /** Size of the volume. It can grow later, never shrink. */
  storage: bytes,
  /** Kind of disk; the cluster's default if absent. */
  storageClass: objectName.optional(),
  /** Connections at once: every web and api thread may hold one. */
  maxConnections: integer(20, 1000).default(100),
  resources: resources({ cpu: '500m', memory: '1Gi', memoryLimit: '1Gi' }),
});
export type PostgresSettings = z.infer<typeof postgresSettings>;

/** What a client needs to know. Passwords are in `secrets`. */
export interface PostgresConnection {
  readonly host: string;
  readonly port: number;
  readonly database: string;
}

export interface PostgresProps extends PostgresSettings {
  readonly image: string;
  readonly keepData: boolean;
  readonly resilient: boolean;
  /** A password that everybody knows is refused. */
  readonly realSecrets: boolean;
}

/** The database: one server with its own disk. Roles and the database itself are made by PostgresBootstrap. */
export class Postgres extends Construct {
  readonly connection: PostgresConnection = { host: 'postgres', port: PORT, database: 'coped' };

  constructor(scope: Construct, id: string, props: PostgresProps) {
    super(scope, id);
    const secretVolume = secretFiles({ 'superuser-password': secrets.postgresSuperuser });
    const volumes = [
      secretVolume,
      scratch('tmp', '/tmp', '64Mi'),
      scratch('run', '/var/run/postgresql', '8Mi'),
      // Parallel queries share memory here; the runtime's own 64 MiB are too few.
      scratch('shared-memory', '/dev/shm', '128Mi', 'Memory'),
    ];

    service(this, 'postgres', { name: 'postgres', number: PORT });
    statefulSet(this, {
      component: 'postgres',
      software: 'postgresql',
      image: props.image,
      user: POSTGRES_USER_ID,
      replicas: 1,
      resilient: props.resilient,
      keepData: props.keepData,
      serviceName: 'postgres',
      claims: [claimTemplate('data', props.storage, props.storageClass)],
      volumes: volumes.map(({ volume }) => volume),
      // Recovery after a crash replays the log, and begins again if it is cut short.
      startupSeconds: 3600,
      // The image stops with SIGINT: sessions are ended, then one checkpoint is written.
      drainSeconds: 90,
      gracePeriod: 120,
      initContainers: props.realSecrets ? [refuseWeakPassword(props.image, secretVolume.mount)] : undefined,
      containers: [
        {
          name: 'postgres',
          image: props.image,
          args: Object.entries({
            max_connections: props.maxConnections,
            // A quarter of the memory: https://www.postgresql.org/docs/17/runtime-config-resource.html
            shared_buffers: `${Math.floor((quantity(props.resources.memoryLimit) ?? 0) / 4 / MEBIBYTE)}MB`,
            password_encryption: 'scram-sha-256',
          }).flatMap(([setting, value]) => ['-c', `${setting}=${value}`]),
          env: {
            PGDATA,
            POSTGRES_PASSWORD_FILE: `${SECRETS_PATH}/superuser-password`,
            // initdb alone would trust everybody who is inside the pod.
            POSTGRES_INITDB_ARGS: '--auth-local=scram-sha-256 --auth-host=scram-sha-256 --data-checksums',
          },
          ports: { postgres: PORT },
          resources: props.resources,
          mounts: [{ name: 'data', mountPath: DATA }, ...volumes.map(({ mount }) => mount)],
          // Over TCP, where it listens once it is initialised. A busy machine may be too slow to start a command like
          // pg_isready in time, and a database that is only slow must be neither taken away nor restarted.
          startupProbe: tcpProbe('postgres', { every: 5, failures: 720 }),
          readinessProbe: tcpProbe('postgres', { every: 5, failures: 12 }),
          livenessProbe: tcpProbe('postgres', HANGS),
        },
      ],
    });
  }
}

const refuseWeakPassword = (image: string, secretMount: k8s.VolumeMount): ContainerProps => ({
  name: 'refuse-weak-password',
  image,
  command: [
    'sh',
    '-euc',
    file('postgres', 'first-start-only.sh') + file('secrets', 'refuse-weak.sh'),
    'refuse-weak.sh',
    'postgres',
    'superuser',
  ],
  env: { PGDATA },
  resources: { cpu: '25m', memory: '32Mi', memoryLimit: '128Mi' },
  mounts: [secretMount, { name: 'data', mountPath: DATA, readOnly: true }],
});
