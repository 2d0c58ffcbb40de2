import { setTimeout as pause } from 'node:timers/promises';
import type { Kubectl } from '../cluster/kubectl';
import { InterruptedError } from '../terminal/errors';
import { eachLine } from './lines';

/** One life of a container: a restart is another one. */
export interface Life {
  readonly pod: string;
  readonly component: string;
  /** When it started; absent while it does not run. */
  readonly since?: string;
  /** The pod is on its way out. */
  readonly ending: boolean;
}

/** Milliseconds before kubectl is started again, whose watch ends from time to time. */
const AGAIN = 1000;

const FIELDS = [
  '.metadata.name',
  '.metadata.labels.app\\.kubernetes\\.io/component',
  '.spec.containers[0].name',
  '.metadata.deletionTimestamp',
  '.status.containerStatuses[*].state.running.startedAt',
];
// No tabs: kubectl makes columns of them.
const TEMPLATE = `${FIELDS.map((field) => `{${field}}`).join('|')}{"\\n"}`;

/** Tells of every pod of some components, and of every change of it, until the signal ends that. */
export async function followPods(
  kubectl: Kubectl,
  components: readonly string[],
  { signal, tell, trouble }: Following,
): Promise<void> {
  const selector = `app.kubernetes.io/component in (${components.join(',')}),!coped.org/one-off`;
  const args = ['get', 'pods', `--selector=${selector}`, '--watch', `--output=jsonpath=${TEMPLATE}`];
  const output = () =>
    eachLine((line) => {
      const [pod = '', component = '', container, ending, since] = line.split('|');
      if (container === component) tell({ pod, component, ending: ending !== '', ...(since && { since }) });
    });
  while (!signal.aborted) {
    try {
      const { code, stderr } = await kubectl.attempt(args, { output: output() });
      if (code !== 0) trouble(stderr.trim().split('\n').at(-1) ?? '');
      await pause(AGAIN, undefined, { signal });
    } catch (error) {
      if (!signal.aborted && !(error instanceof InterruptedError)) throw error;
    }
  }
}

export interface Following {
  readonly signal: AbortSignal;
  readonly tell: (life: Life) => void;
  readonly trouble: (reason: string) => void;
}
