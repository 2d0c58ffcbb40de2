import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { elasticsearch } from '../../lib/components/elasticsearch/elasticsearch';
import { addressOf } from '../../lib/components/elasticsearch/external';
import { isExternal } from '../../lib/components/elsewhere';
import { postgres } from '../../lib/components/postgres/postgres';
import type { Environment } from '../../lib/environments/environment';
import type { PodTemplate } from '../cluster/api-object';
import { oneOffPod, withPod } from '../cluster/one-off-pod';
import type { Site } from '../cluster/site';

export interface DjangoPod {
  /** First part of the pod's name. */
  readonly name: string;
  /** The pod template whose image, configuration and rights it has. */
  readonly template: PodTemplate;
  /** Labels that decide whom it may talk to; the template's own if absent. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Seconds after which Kubernetes ends it, even if this process has died. */
  readonly deadline: number;
}

/**
 * Runs something beside a pod that could be Django's but does nothing by itself: commands are run in it, so that a terminal
 * can be attached from the first letter on. The pod is always removed.
 */
export async function withDjangoPod<T>(
  { world: { terminal, signal }, kubectl, environment }: Site,
  props: DjangoPod,
  use: (pod: string) => Promise<T>,
): Promise<T> {
  const pod = oneOffPod({ ...props, command: ['sleep', String(props.deadline)] });
  const progress = { progress: (text: string) => terminal.say(text), signal };
  return withPod(kubectl, progress, pod, async (name) => {
    await kubectl.attempt(['exec', name, '--', 'python', '-c', ...reached(environment)], { within: 60 });
    return await use(name);
  });
}

const reached = (environment: Environment): string[] => {
  const { postgres: database, elasticsearch: search } = environment;
  const servers = [
    isExternal(database) ? database : { host: postgres.name, port: postgres.ports.postgres },
    ...(isExternal(search) ? [addressOf(search.url)] : []),
    ...(search && !isExternal(search) ? [{ host: elasticsearch.name, port: elasticsearch.ports.http }] : []),
  ];
  const script = readFileSync(join(__dirname, 'reached.py'), 'utf8');
  return [script, ...servers.flatMap(({ host, port }) => [host, String(port)])];
};
