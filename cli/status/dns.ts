import type { Environment } from '../../lib/environments/environment';
import { type Kubectl, objectsIn } from '../cluster/kubectl';
import { isReady } from '../cluster/readiness';
import { type Concern, problem } from './status';

/**
 * Whether names are found in the cluster: our pods may ask these of its pods and no others. Without them everything still runs,
 * and nothing reaches anything.
 */
export async function dns(kubectl: Kubectl, { cluster }: Environment): Promise<Concern[]> {
  // Whether addresses answer, only a pod can ask: `coped doctor`.
  const pods = cluster.dns.flatMap((peer) => ('labels' in peer ? peer : []));
  return (await Promise.all(pods.map((peer) => answering(kubectl, peer)))).flat();
}

async function answering(
  kubectl: Kubectl,
  { namespace, labels }: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> },
): Promise<Concern[]> {
  const there = kubectl.in(namespace);
  const selector = `--selector=${Object.entries(labels).map((pair) => pair.join('='))}`;
  const { code, stdout } = await there.attempt(['get', 'pods', selector, '--output=json']);
  // Not every user may list the pods of kube-system.
  if (code !== 0) return [];
  const pods = objectsIn(stdout);
  if (pods.some((pod) => isReady(pod) && !pod.metadata.deletionTimestamp)) return [];
  const found = pods.length === 0 ? 'none of its pods is there' : 'none of its pods is ready';
  const reason = `${found}: the names of Services do not resolve`;
  const next = `See \`${there.typed('get', 'deployments,pods', selector)}\`; is CoreDNS scaled to 0? \`${there.typed('scale', 'deployment/coredns', '--replicas=2')}\``;
  return [problem('DNS of the cluster', { reason, next })];
}
