import { CONFIG_ANNOTATION } from '../../../lib/output/stamp';
import { remove, set, when } from '../change';
import { type Operator, onObjects, onPods } from '../mutant';

const STAMPS = ['spec.{template}', 'spec.{jobTemplate}.spec.template'].map(
  (template) => `${template}.metadata.{annotations}.{${CONFIG_ANNOTATION}}`,
);

/** When things run, and what becomes of what ran before. */
export const schedules: readonly Operator[] = [
  onObjects(
    'misspells a schedule',
    ['CronJob'],
    set('spec.schedule', '61 3 * * *'),
    set('spec.schedule', '0 3 31 2 *'),
    set('spec.timeZone', 'Mars/Base'),
  ),
  onObjects(
    'lets a Job run beside itself, or without end',
    ['CronJob'],
    set('spec.concurrencyPolicy', 'Allow'),
    set('spec.concurrencyPolicy', 'Replace'),
    remove('spec.jobTemplate.spec.activeDeadlineSeconds'),
    set('spec.jobTemplate.spec.parallelism', 3),
    set('spec.jobTemplate.spec.backoffLimit', 1000),
  ),
  onObjects(
    'starts what people start, or stops what runs by itself',
    ['CronJob'],
    set('spec.suspend', (suspend) => !suspend),
  ),
  onPods('restarts a Job for ever', set('{restartPolicy}', 'Always')),
  onObjects(
    'keeps pods from noticing new configuration',
    [],
    ...STAMPS.flatMap((stamp) => [remove(stamp), set(stamp, '0123456789')]),
  ),
  onObjects(
    'stops a rollout half-way',
    ['Deployment', 'StatefulSet'],
    when('kind', /^Deployment$/, set('spec.paused', true), set('spec.revisionHistoryLimit', 0)),
    when(
      'kind',
      /^StatefulSet$/,
      set('spec.updateStrategy', { type: 'OnDelete' }),
      set('spec.updateStrategy', { rollingUpdate: { partition: 1 } }),
    ),
  ),
  onObjects(
    'deletes volumes with what used them',
    ['StatefulSet'],
    // A laptop does so already.
    set('spec.{persistentVolumeClaimRetentionPolicy}.*', 'Delete'),
  ),
];
