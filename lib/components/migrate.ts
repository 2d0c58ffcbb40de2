import { Construct } from 'constructs';
import { z } from 'zod';
import { integer, resources } from '../kubernetes/values';
import { file } from '../kubernetes/config-files';
import { scratch } from '../kubernetes/volumes';
import { cronJob } from '../kubernetes/workloads';
import { APPLICATION_USER_ID, type DjangoConnection } from './django';

export const migrateSettings = z.strictObject({
  /** Seconds after which a migration is given up. */
  deadline: integer(60, 86400).default(3600),
  resources: resources({ cpu: '250m', memory: '256Mi', memoryLimit: '1Gi' }),
});

export interface MigrateProps extends z.infer<typeof migrateSettings> {
  readonly django: DjangoConnection;
}

/**
 * The migration that a person starts: `kubectl create job --from=cronjob/migrate migrate-1`.
 * A CronJob that never runs by itself is Kubernetes' way to keep a Job ready for that.
 */
export class Migrate extends Construct {
  constructor(scope: Construct, id: string, { django, deadline, resources }: MigrateProps) {
    super(scope, id);
    const tmp = scratch('tmp', '/tmp', '64Mi');

    cronJob(this, {
      component: 'migrate',
      software: 'django',
      image: django.image,
      user: APPLICATION_USER_ID,
      schedule: '@yearly',
      suspend: true,
      deadline,
      volumes: [tmp.volume, django.owner.secrets.volume],
      containers: [
        {
          name: 'migrate',
          image: django.image,
          command: ['sh', '-euc', file('django', 'wait-for.sh') + file('django', 'migrate.sh')],
          env: django.owner.env,
          envFrom: django.config,
          resources,
          mounts: [tmp.mount, django.owner.secrets.mount],
        },
      ],
    });
  }
}
