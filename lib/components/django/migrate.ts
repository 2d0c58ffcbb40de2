import { z } from 'zod';
import { integer, resources } from '../../kubernetes/values';
import { component, hostedOnly } from '../component';
import { django } from './django';
import { scheduled } from './scheduled';
import { script } from './scripts/scripts';

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
  image: django,
  settings: hostedOnly(
    settings.prefault({}),
    'belongs to hosted environments; remove the key, see django.databaseOnStart',
  ),
  build: ({ scope, identity, settings, environment, use }) =>
    scheduled(scope, identity, use(django), {
      ...settings,
      command: script('migrate', environment.application, use(django).servers),
      login: 'owner',
      schedule: '@yearly',
      suspend: true,
    }),
});
