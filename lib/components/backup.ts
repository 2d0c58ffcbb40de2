import { Construct } from 'constructs';
import { z } from 'zod';
import { bytes, integer, objectName, resources } from '../kubernetes/values';
import { configMap, file } from '../kubernetes/config-files';
import { k8s } from '../kubernetes/k8s';
import { metadata } from '../kubernetes/labels';
import { outlivesMistakes } from '../kubernetes/outlives';
import { claim, claimSpec, configFiles, scratch, secretFiles } from '../kubernetes/volumes';
import { cronJob } from '../kubernetes/workloads';
import { POSTGRES_USER_ID, type PostgresConnection } from './postgres';
import { secrets } from './secrets';

export const backupSettings = z.strictObject({
  /** When, as a cron expression in UTC. */
  schedule: z
    .string()
    .regex(/^([\d*/,-]+ ){4}[\d*/,-]+$/, {
      error: 'is not a cron expression; write five fields, e.g. "30 2 * * *" for half past two every night',
    })
    .default('30 2 * * *'),
  /** How many dumps are kept. */
  keep: integer(1, 365).default(7),
  /** Size of the volume that holds them. It can grow later, never shrink. */
  storage: bytes,
  /** Kind of disk; the cluster's default if absent. */
  storageClass: objectName.optional(),
  resources: resources({ cpu: '100m', memory: '128Mi', memoryLimit: '256Mi' }),
});

export interface BackupProps extends z.infer<typeof backupSettings> {
  /** PostgreSQL's own image: pg_dump must not be older than the server. */
  readonly image: string;
  readonly postgres: PostgresConnection;
}

/** A dump of the database every night, on a volume of its own. */
export class Backup extends Construct {
  constructor(scope: Construct, id: string, props: BackupProps) {
    super(scope, id);
    const volumes = [
      claim('backup', '/backup'),
      configFiles('script', '/script', 'backup'),
      secretFiles({ 'backup-password': secrets.postgresBackup }),
      scratch('tmp', '/tmp', '64Mi'),
    ];

    configMap(this, 'backup', { 'backup.sh': file('backup', 'backup.sh') });
    new k8s.KubePersistentVolumeClaim(this, 'claim', {
      metadata: { ...metadata('backup'), annotations: outlivesMistakes },
      spec: claimSpec(props.storage, props.storageClass),
    });
    cronJob(this, {
      component: 'backup',
      software: 'postgresql',
      image: props.image,
      user: POSTGRES_USER_ID,
      schedule: props.schedule,
      deadline: 6 * 3600,
      volumes: volumes.map(({ volume }) => volume),
      containers: [
        {
          name: 'backup',
          image: props.image,
          command: ['sh', '/script/backup.sh'],
          env: {
            KEEP: String(props.keep),
            PGHOST: props.postgres.host,
            PGPORT: String(props.postgres.port),
            PGDATABASE: props.postgres.database,
            PGUSER: 'coped_backup',
          },
          resources: props.resources,
          mounts: volumes.map(({ mount }) => mount),
        },
      ],
    });
  }
}
