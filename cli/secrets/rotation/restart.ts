import { templateOf } from '../../cluster/api-object';
import { missing } from '../../cluster/readiness';
import type { Site } from '../../cluster/site';
import { until } from '../../cluster/waiting';
import type { Key } from '../keys';
import { mounts } from './readers';

const RESTARTED_FOR = 'coped.org/secret-key';
const UP_WITHIN = 900;

/**
 * Restarts the servers that read a secret, one after the other.
 *
 * @param mark once for each, however often this is called with it
 * @param what they do afterwards: the rest of a sentence
 */
export async function restartReaders(
  { world: { terminal, signal }, kubectl }: Site,
  key: Key,
  mark: string,
  what: string,
): Promise<void> {
  const annotations = { [RESTARTED_FOR]: mark };
  const patch = JSON.stringify({ spec: { template: { metadata: { annotations } } } });
  const deployments = await kubectl.list('deployments');
  const reading = deployments.filter((one) => mounts(templateOf(one), key.secret, key.key));
  for (const { metadata } of reading) {
    const { name } = metadata;
    await terminal.step(`${key.path}: ${name} ${what}`, async (step) => {
      await kubectl.run(['patch', 'deployment', name, `--patch=${patch}`]);
      const state = async () => missing(await kubectl.get('deployment', name));
      await until(step, name, state, { within: UP_WITHIN, signal });
    });
  }
}
