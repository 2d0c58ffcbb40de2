import type { Environment } from '../../lib/environments/environment';
import { Interrupted } from '../cluster/execute';
import type { ApiObject, Kubectl } from '../cluster/kubectl';
import { until } from '../cluster/waiting';
import { Failure } from '../failure';
import { factsOf, podsOf } from '../status/facts';
import { workloadTrouble } from '../trouble/workloads';
import type { World } from '../world';

/** What waits for the tables of its release. */
const WAITING = ['web', 'api'];
/** Seconds. */
const PATIENCE = 600;

/**
 * Waits until the pods that waited for the tables serve.
 * @throws Failure with the reason if they do not
 */
export async function released(
  { terminal, signal }: World,
  kubectl: Kubectl,
  { name }: Environment,
): Promise<void> {
  const missing = async (): Promise<string | undefined> => {
    const facts = await factsOf(kubectl);
    const scene = { environment: name, kubectl, events: facts.events };
    const reasons = WAITING.flatMap((component) => {
      const workload: ApiObject = facts.find('Deployment', component);
      const trouble = workload && workloadTrouble(workload, podsOf(facts, workload), scene);
      return trouble ? [`${component}: ${trouble.reason}`] : [];
    });
    return reasons.join('; ') || undefined;
  };
  try {
    await terminal.step('web and api serve the release', (step) =>
      until(step, 'their pods', missing, { within: PATIENCE, signal }),
    );
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    throw new Failure(
      `the tables are migrated, but not all pods serve: ${(error as Error).message}`,
      `See \`coped status ${name}\``,
    );
  }
}
