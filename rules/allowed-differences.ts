/** Places in which staging is allowed to be something else than production. */
export interface Difference {
  /** `Deployment/web spec.replicas`, where `*` means any characters. */
  readonly places: readonly string[];
  /** Why it may differ, and what that means for trying a release on staging: a sentence for the reviewer. */
  readonly why: string;
}

/**
 * Staging tries what production will run, so everything that is not listed here is the same: images, probes,
 * policies, scripts, security. The names of the environment and the host of the site are taken for granted. What differs
 * without need is a finding, and so is a line here that nothing needs any more.
 */
export const differences: readonly Difference[] = [
  {
    places: ['*.template.metadata.annotations[coped.org/config]'],
    why: 'A hash over the configuration, which has the host in it.',
  },
  {
    places: [
      'HorizontalPodAutoscaler/web spec.*Replicas',
      'HorizontalPodAutoscaler/api spec.*Replicas',
      'Deployment/dashboards spec.replicas',
    ],
    why: 'It has fewer users. web and api still have two pods, so a rollout is as smooth; only what several dashboard pods do is never tried.',
  },
  {
    places: [
      'Deployment/web *.resources.*',
      'Deployment/api *.resources.*',
      'StatefulSet/postgres *.containers[postgres].resources.*',
      'StatefulSet/elasticsearch *.containers[elasticsearch].resources.*',
    ],
    why: 'Less data and fewer users need less CPU and memory. How fast it is on staging says nothing about production.',
  },
  {
    places: ['StatefulSet/postgres *.args[*]'],
    why: 'Connections and buffers follow the pods and the memory.',
  },
  {
    places: [
      'StatefulSet/elasticsearch spec.replicas',
      'StatefulSet/elasticsearch *.env[INITIAL_MASTER_NODES].value',
      'StatefulSet/elasticsearch *.minDomains',
    ],
    why: 'One node is enough for less data. An election, and a rolling restart that searches survive, are not tried on staging: `npm run e2e` does that.',
  },
  {
    places: [
      'StatefulSet/postgres spec.volumeClaimTemplates[data].spec.resources.requests.storage',
      'StatefulSet/elasticsearch spec.volumeClaimTemplates[data].spec.resources.requests.storage',
      'PersistentVolumeClaim/backup spec.resources.requests.storage',
    ],
    why: 'Less data.',
  },
  {
    places: ['ConfigMap/django data.RELEASE'],
    why: 'People who try a release want to see which one answered; visitors of production do not.',
  },
  {
    places: ['CronJob/backup *.env[KEEP].value'],
    why: 'A week of dumps is enough for data that can be made again.',
  },
  {
    places: ['ResourceQuota/quota spec.hard*'],
    why: 'The bound follows the sizes above.',
  },
];
