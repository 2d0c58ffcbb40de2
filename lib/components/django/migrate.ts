import { z } from 'zod';
import { file } from '../../kubernetes/config-files';
import { integer, resources } from '../../kubernetes/values';
import { scratch } from '../../kubernetes/volumes';
import { cronJob } from '../../kubernetes/workloads';
import { component, hostedOnly } from '../component';
import { APPLICATION_USER_ID, django as djangoComponent } from './django';

const settings = z.strictObject({
  /** Seconds after which a migration is given up. */
  deadline: integer(60, 86400).default(3600),
  resources: resources({ cpu: '250m', memory: '256Mi', memoryLimit: '1Gi' }),
});

/**
 * The migration that a person starts: `kubectl create job --from=cronjob/migrate migrate-1`.
 * A CronJob that never runs by itself is Kubernetes' way to keep a Job ready for that.
 */
export const migrate = component({
  name: 'migrate',
  tier: 'operations',
  software: 'django',
  image: djangoComponent,
  settings: hostedOnly(
    settings.prefault({}),
    'belongs to hosted environments; remove the key, see django.databaseOnStart',
  ),
  build({ scope, identity, settings, use }) {
    const django = use(djangoComponent);
    const tmp = scratch('tmp', '/tmp', '64Mi');

    cronJob(scope, {
      ...identity,
      user: APPLICATION_USER_ID,
      schedule: '@yearly',
      suspend: true,
      deadline: settings.deadline,
      volumes: [tmp.volume, django.owner.secrets.volume],
      containers: [
        {
          name: 'migrate',
          image: django.image,
          command: ['sh', '-euc', file(__dirname, 'wait-for.sh') + file(__dirname, 'migrate.sh')],
          env: django.owner.env,
          envFrom: django.config,
          resources: settings.resources,
          mounts: [tmp.mount, django.owner.secrets.mount],
        },
      ],
    });
  },
});
