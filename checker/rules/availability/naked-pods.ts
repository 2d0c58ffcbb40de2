import { nameOf, ofKind } from '../../manifests/workloads';
import { rule } from '../../rule';

export const nakedPods = rule({
  id: 'naked-pods',
  what: 'A Pod stands for itself.',
  why: 'Nobody starts it again on another node when its own goes away.',
  remedy: 'Let a Deployment, StatefulSet, Job or CronJob make it.',
  link: 'https://kubernetes.io/docs/concepts/workloads/pods/#working-with-pods',
  find: ({ manifests }) =>
    ofKind(manifests, 'Pod').map((pod) => ({
      where: `${nameOf(pod)} kind`,
      wrong: 'is not started again when its node goes away',
      remedy: 'Make it the template of a Deployment, StatefulSet, Job or CronJob',
    })),
});
