import type { ContainerSpec, ObjectOf } from '../manifests/kubernetes';
import { dig } from '../manifests/workloads';
import { again, type Field } from './field';

const selector: Field = {
  path: 'spec.selector',
  answer: 'field is immutable',
  stake: 'no data, but the component is down from the deletion until its new pods are ready',
  way: (before) =>
    `${again(before)}; a label that is only to be seen belongs to the pods, not to the selector`,
};

type Job = ObjectOf<'Job'>;

const ofJob = (path: string, fixed?: Field<Job>['fixed']): Field<Job> => ({
  path: `spec.${path}`,
  fixed,
  answer: 'field is immutable',
  stake: 'what the Job is in the middle of, if it runs: its pods are deleted with it',
  way: (before) => `give the Job another name, or wait for its end, ${again(before)}: it runs again`,
});

const indexed = ({ spec }: Job): boolean => spec?.completionMode === 'Indexed';
const inTandem = (job: Job): boolean => indexed(job) && job.spec?.completions === job.spec?.parallelism;

/** While a Job is suspended, where and with how much its pods run may still be decided. */
const running = ({ spec }: Job): boolean => spec?.suspend !== true;

const pod: Field<ObjectOf<'Pod'>> = {
  path: 'spec',
  of: ({ spec }) => ({
    ...spec,
    activeDeadlineSeconds: undefined,
    // More of them are accepted, fewer are not: which it is depends on what the cluster added.
    tolerations: undefined,
    containers: withoutImages(spec?.containers),
    initContainers: withoutImages(spec?.initContainers),
  }),
  answer: 'pod updates may not change fields other than',
  stake: 'what it does at the moment; a bare pod is not started again',
  way: (before) => `${again(before)}; a Deployment would do that by itself`,
};

const withoutImages = (containers: readonly ContainerSpec[] | undefined) =>
  containers?.map((container) => ({ ...container, image: undefined }));

export const workloadFields: Readonly<Record<string, readonly Field[]>> = {
  DaemonSet: [selector],
  Deployment: [selector],
  ReplicaSet: [selector],
  Job: [
    ofJob('selector'),
    ofJob('template', running),
    { ...ofJob('completions', (job) => !indexed(job)), of: completions },
    {
      ...ofJob('completions', (before, after) => indexed(before) && !(inTandem(before) && inTandem(after))),
      answer: 'can only be modified in tandem with spec.parallelism',
    },
    ofJob('completionMode'),
    ofJob('podFailurePolicy'),
    ofJob('successPolicy'),
    ofJob('backoffLimitPerIndex'),
    ofJob('managedBy'),
  ],
  Pod: [pod],
};

/** Without either number, one pod has to succeed. */
function completions(job: Job): unknown {
  return dig(job, 'spec.completions') ?? (dig(job, 'spec.parallelism') === undefined ? 1 : undefined);
}
