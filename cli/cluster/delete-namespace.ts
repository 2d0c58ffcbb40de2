import type { World } from '../world';
import type { Kubectl } from './kubectl';
import { until } from './waiting';

/** Seconds: PostgreSQL and Elasticsearch end in their own time. */
const GOING = 400;

/** Deletes the namespace that kubectl is held to, with all that is in it, and waits until it is gone. */
export async function deleteNamespace(
  { terminal, signal }: Pick<World, 'terminal' | 'signal'>,
  kubectl: Kubectl,
): Promise<void> {
  const { namespace = '' } = kubectl;
  await terminal.step(`delete the namespace ${namespace}`, async (step) => {
    await kubectl.run(['delete', 'namespace', namespace, '--ignore-not-found', '--wait=false']);
    const missing = async () => ((await kubectl.exists('namespace', namespace)) ? 'its pods end' : undefined);
    await until(step, `${namespace} to go`, missing, { within: GOING, signal });
  });
}
