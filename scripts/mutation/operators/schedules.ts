import { CONFIG_ANNOTATION } from '../../../lib/output/stamp';
import { remove, set, when } from '../change';
import { type Operator, onObjects, onPods } from '../mutant';

const STAMPS = ['spec.{template}', 'spec.{jobTemplate}.spec.template'].map(
  (template) => `${template}.metadata.{annotations}.{${CONFIG_ANNOTATION}}`,
);

/** When things run, and what becomes of what ran before. */
export const schedules: readonly Operator[] = [
  ...onObjects(['CronJob'], {
    'misspells a schedule': [
      set('spec.schedule', '61 3 * * *'),
      set('spec.schedule', '0 3 31 2 *'),
      set('spec.timeZone', 'Mars/Base'),
    ],
    'lets a Job run beside itself, or without end': [
      set('spec.concurrencyPolicy', 'Allow'),
      set('spec.concurrencyPolicy', 'Replace'),
      remove('spec.jobTemplate.spec.activeDeadlineSeconds'),
      set('spec.jobTemplate.spec.parallelism', 3),
      set('spec.jobTemplate.spec.backoffLimit', 1000),
    ],
    'starts what people start, or stops what runs by itself': set('spec.suspend', (suspend) => !suspend),
  }),
  ...onPods({
    'restarts a Job for ever': set('{restartPolicy}', 'Always'),
  }),
  ...onObjects([], {
    'keeps pods from noticing new configuration': [
      ...STAMPS.flatMap((stamp) => [remove(stamp), set(stamp, '0123456789')]),
    ],
  }),
  ...onObjects(['Deployment', 'StatefulSet'], {
    'stops a rollout half-way': [
      when('kind', /^Deployment$/, set('spec.paused', true), set('spec.revisionHistoryLimit', 0)),
      when(
        'kind',
        /^StatefulSet$/,
        set('spec.updateStrategy', { type: 'OnDelete' }),
        set('spec.updateStrategy', { rollingUpdate: { partition: 1 } }),
      ),
    ],
  }),
  ...onObjects(['StatefulSet'], {
    'deletes volumes with what used them': // A laptop does so already.
      set('spec.{persistentVolumeClaimRetentionPolicy}.*', 'Delete'),
  }),
];
