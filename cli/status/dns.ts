import { clusterDns } from '../../lib/network/outsiders';
import { type Kubectl, objectsIn } from '../cluster/kubectl';
import { isReady } from '../cluster/readiness';
import { type Concern, problem } from './status';

/**
 * Whether names are found in the cluster: our pods may ask these of its pods and no others. Without them everything still runs,
 * and nothing reaches anything.
 */
export async function dns(kubectl: Kubectl): Promise<Concern[]> {
  const there = kubectl.in(clusterDns.namespace);
  const selector = `--selector=${Object.entries(clusterDns.labels).map((pair) => pair.join('='))}`;
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
