import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { elasticsearch } from '../../lib/components/elasticsearch/elasticsearch';
import { postgres } from '../../lib/components/postgres/postgres';
import type { PodTemplate } from '../cluster/api-object';
import type { Kubectl } from '../cluster/kubectl';
import { oneOffPod, withPod } from '../cluster/one-off-pod';
import type { World } from '../world';

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
  { terminal, signal }: World,
  kubectl: Kubectl,
  props: DjangoPod,
  use: (pod: string) => Promise<T>,
): Promise<T> {
  const pod = oneOffPod({ ...props, command: ['sleep', String(props.deadline)] });
  const progress = { progress: (text: string) => terminal.say(text), signal };
  return withPod(kubectl, progress, pod, async (name) => {
    await kubectl.attempt(['exec', name, '--', 'python', '-c', ...reached()], { within: 60 });
    return await use(name);
  });
}

const reached = (): string[] => [
  readFileSync(join(__dirname, 'reached.py'), 'utf8'),
  ...[postgres.name, postgres.ports.postgres, elasticsearch.name, elasticsearch.ports.http].map(String),
];
