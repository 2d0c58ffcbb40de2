import type { ApiObject, Kubectl } from '../cluster/kubectl';
import { image } from '../cluster/rollout/containers';
import type { Diagnosis, Scene } from '../cluster/rollout/diagnosis';

/** Tries of the kubelet, the second some ten seconds after the first. */
const PULLS = 2;

/** Why an image does not come, as soon as that has failed twice: once may be a hiccup. */
export async function unpullable(scene: Scene, pods: readonly ApiObject[]): Promise<Diagnosis | undefined> {
  const diagnosis = pods.map((pod) => image(pod, scene)).find(Boolean);
  return diagnosis && (await failedPulls(scene.kubectl)) >= PULLS ? diagnosis : undefined;
}

/** How often the pod has tried that has tried most often. */
async function failedPulls(kubectl: Kubectl): Promise<number> {
  const events = await kubectl.list('events', '--field-selector=reason=Failed');
  const pulls = events.filter(({ message = '' }) => /pull(ing)? image/i.test(message));
  return Math.max(0, ...pulls.map(({ count, series }) => series?.count ?? count ?? 1));
}
