import type { Json } from '../../../checker/manifests/manifest';
import { CONFIG_ANNOTATION } from '../../../lib/output/stamp';
import { drop, type Operator, onObjects, onPods, put } from '../mutant';

/** When things run, and what becomes of what ran before. */
export const schedules: readonly Operator[] = [
  onObjects('misspells a schedule', ['CronJob'], () => [
    (o) => put(o, '61 3 * * *', 'spec', 'schedule'),
    (o) => put(o, '0 3 31 2 *', 'spec', 'schedule'),
    (o) => put(o, 'Mars/Base', 'spec', 'timeZone'),
  ]),
  onObjects('lets a Job run beside itself, or without end', ['CronJob'], () => [
    (o) => put(o, 'Allow', 'spec', 'concurrencyPolicy'),
    (o) => put(o, 'Replace', 'spec', 'concurrencyPolicy'),
    (o) => drop(o, 'spec', 'jobTemplate', 'spec', 'activeDeadlineSeconds'),
    (o) => put(o, 3, 'spec', 'jobTemplate', 'spec', 'parallelism'),
    (o) => put(o, 1000, 'spec', 'jobTemplate', 'spec', 'backoffLimit'),
  ]),
  onObjects('starts what people start, or stops what runs by itself', ['CronJob'], ({ spec }) => [
    (o) => put(o, !spec.suspend, 'spec', 'suspend'),
  ]),
  onPods('restarts a Job for ever', (pod) =>
    pod.restartPolicy === undefined ? [] : [(p: Json) => put(p, 'Always', 'restartPolicy')],
  ),
  onObjects('keeps pods from noticing new configuration', [], (object) => {
    const path = [
      'spec',
      ...(object.kind === 'CronJob' ? ['jobTemplate', 'spec'] : []),
      'template',
      'metadata',
    ];
    const stamped = path.reduce((value, key) => value?.[key], object)?.annotations?.[CONFIG_ANNOTATION];
    return stamped
      ? [
          (o) => drop(o, ...path, 'annotations', CONFIG_ANNOTATION),
          (o) => put(o, '0123456789', ...path, 'annotations', CONFIG_ANNOTATION),
        ]
      : [];
  }),
  onObjects('stops a rollout half-way', ['Deployment', 'StatefulSet'], ({ kind }) =>
    kind === 'Deployment'
      ? [(o) => put(o, true, 'spec', 'paused'), (o) => put(o, 0, 'spec', 'revisionHistoryLimit')]
      : [
          (o) => put(o, { type: 'OnDelete' }, 'spec', 'updateStrategy'),
          (o) => put(o, { rollingUpdate: { partition: 1 } }, 'spec', 'updateStrategy'),
        ],
  ),
  onObjects('deletes volumes with what used them', ['StatefulSet'], ({ spec }) =>
    // A laptop does so already.
    Object.entries(spec.persistentVolumeClaimRetentionPolicy ?? {}).flatMap(([when, what]) =>
      what === 'Retain'
        ? [(o: Json) => put(o, 'Delete', 'spec', 'persistentVolumeClaimRetentionPolicy', when)]
        : [],
    ),
  ),
];
