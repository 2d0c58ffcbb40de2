import type { ApiObject, Kubectl } from '../../../cli/cluster/kubectl';
import { isReady, missing, podState } from '../../../cli/cluster/readiness';
import { until } from '../../../cli/cluster/waiting';
import type { Manifest } from '../../manifest';
import type { Report } from '../report';
import { diagnosis } from './diagnosis';

/** Workloads that a line of progress speaks of. */
const SHOWN = 2;

const AWAITED = ['Deployment', 'StatefulSet', 'Job'];

/** `Deployment/web` of all that starts by itself; CronJobs wait for their hour. */
export const workloadNames = (manifests: readonly Manifest[]): string[] =>
  manifests
    .filter(({ kind }) => AWAITED.includes(kind))
    .map(({ kind, metadata }) => `${kind}/${metadata.name}`);

/** Waits until workloads serve, or are complete. */
export async function ready(
  report: Report,
  kubectl: Kubectl,
  names: readonly string[],
  within: number,
): Promise<void> {
  await until(report, names.length > 1 ? 'workloads' : `${names[0]}`, () => missingIn(kubectl, names), {
    within,
    why: () => diagnosis(kubectl),
  });
}

async function missingIn(kubectl: Kubectl, names: readonly string[]): Promise<string | undefined> {
  const answer = await kubectl.get(...names);
  const workloads: ApiObject[] = answer.items ?? [answer];
  const open = workloads.flatMap((workload) => {
    const state = missing(workload);
    return state ? [{ workload, state }] : [];
  });
  if (open.length === 0) return undefined;
  const pods: ApiObject[] = (await kubectl.get('pods')).items;
  const shown = open.slice(0, SHOWN).map(({ workload, state }) => describe(workload, state, pods));
  return [...shown, ...(open.length > SHOWN ? [`${open.length - SHOWN} more`] : [])].join('; ');
}

function describe({ kind, metadata }: ApiObject, state: string, pods: ApiObject[]): string {
  const own = pods.filter(
    (pod) => isOf(pod, metadata.name) && !isReady(pod) && pod.status.phase !== 'Failed',
  );
  return [`${kind}/${metadata.name} ${state}`, ...own.slice(0, 1).map((pod) => `(${podState(pod)})`)].join(
    ' ',
  );
}

/** Kubernetes names pods after what they belong to. */
const isOf = (pod: ApiObject, workload: string): boolean => pod.metadata.name.startsWith(`${workload}-`);
