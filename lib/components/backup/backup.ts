import { z } from 'zod';
import { configMap, file } from '../../kubernetes/config-files';
import { metadata } from '../../kubernetes/labels';
import { make } from '../../kubernetes/object';
import { pruneProtection } from '../../kubernetes/prune-protection';
import { bytes, integer, objectName, resources, schedule } from '../../kubernetes/values';
import { claim, claimSpec, configFiles, scratch, secretFiles } from '../../kubernetes/volumes';
import { cronJob } from '../../kubernetes/workloads';
import { component, hostedOnly } from '../component';
import { CA, POSTGRES_USER_ID, postgres as postgresComponent } from '../postgres/postgres';

const settings = z.strictObject({
  /** When, as a cron expression in UTC. */
  schedule: schedule.default('30 2 * * *'),
  /** How many dumps are kept. */
  keep: integer(1, 365).default(7),
  /** Size of the volume that holds them. It can grow later, never shrink. */
  storage: bytes,
  /** Kind of disk; the cluster's default if absent. */
  storageClass: objectName.optional(),
  resources: resources({ cpu: '100m', memory: '128Mi', memoryLimit: '256Mi' }),
});

/** Exit status of metabase/backup.sh: one dump was made, the other was not. */
const ONE_DUMP = 3;

/** A dump of the database every night, on a volume of its own. */
export const backup = component({
  name: 'backup',
  tier: 'operations',
  software: 'postgresql',
  // pg_dump must not be older than the server.
  image: postgresComponent,
  settings: hostedOnly(settings.optional(), 'belongs to hosted environments; remove the key'),
  build({ scope, identity, settings, image, environment, use }) {
    const postgres = use(postgresComponent);
    const volumes = [
      claim('backup', '/backup'),
      configFiles('script', '/script', 'backup'),
      secretFiles({
        'backup-password': postgres.users.backup,
        ...(postgres.tls && { [CA]: postgres.tls.authority }),
      }),
      scratch('tmp', '/tmp', '64Mi'),
    ];

    const hasMetabase = environment.components.includes('metabase');
    configMap(scope, 'backup', {
      'backup.sh': (postgres.tls ? file(__dirname, 'elsewhere.sh') : '') + file(__dirname, 'backup.sh'),
      ...(hasMetabase && { 'with-metabase.sh': file(__dirname, '..', 'metabase', 'backup.sh') }),
    });
    make(scope, 'claim', 'PersistentVolumeClaim', {
      metadata: { ...metadata('backup'), annotations: pruneProtection },
      spec: claimSpec(settings.storage, settings.storageClass),
    });
    cronJob(scope, {
      ...identity,
      user: POSTGRES_USER_ID,
      schedule: settings.schedule,
      deadline: 6 * 3600,
      finalStatus: hasMetabase ? ONE_DUMP : undefined,
      volumes: volumes.map(({ volume }) => volume),
      containers: [
        {
          name: 'backup',
          image,
          command: ['sh', hasMetabase ? '/script/with-metabase.sh' : '/script/backup.sh'],
          env: {
            KEEP: String(settings.keep),
            PGHOST: postgres.host,
            PGPORT: String(postgres.port),
            PGDATABASE: postgres.database,
            PGUSER: postgres.users.backup.user,
            ...(postgres.tls && { PGSSLMODE: postgres.tls.mode, PGSSLROOTCERT: postgres.tls.path }),
          },
          resources: settings.resources,
          mounts: volumes.map(({ mount }) => mount),
        },
      ],
    });
  },
});
