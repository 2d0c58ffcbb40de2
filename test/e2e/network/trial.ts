import type { Kubectl } from '../../../cli/cluster/kubectl';
import { parseAnswers, probeScript } from './probe-script';
import type { Answer, Source, Target } from './targets';
import { type Expectation, isControl } from './verdict';

/** Pods that try at the same time. Many more would slow each other down until an allowed connection times out. */
const AT_ONCE = 5;

/** Seconds until silence counts as refusal: more where a slow answer of a busy machine would look like a broken flow. */
const SHORT = 3;
const PATIENT = 10;

/** Tries every source against every target it can be asked about. */
export async function tryAll(
  kubectl: Kubectl,
  sources: readonly Source[],
  targets: readonly Target[],
  namespace: string,
  allowed: Expectation,
): Promise<Answer[]> {
  const answers: Answer[][] = sources.map(() => []);
  const waiting = [...sources.entries()];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [row, source] = next;
      const asked = targets.filter((target) => isAsked(source, target, namespace));
      answers[row] = await tryFrom(kubectl, source, asked, allowed);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return answers.flat();
}

/** What one source can connect to. */
export async function tryFrom(
  kubectl: Kubectl,
  source: Source,
  targets: readonly Target[],
  allowed: Expectation,
): Promise<Answer[]> {
  const patience = targets.map((target) => [target, allowed(source, target) ? PATIENT : SHORT] as const);
  const output = await kubectl
    .in(source.namespace)
    .run(['exec', '--stdin', source.pod, '--', 'sh'], { input: probeScript(patience) });
  return parseAnswers(output, targets).map((connects, i) => ({
    source,
    target: targets[i] as Target,
    connects,
  }));
}

/**
 * No policy can close these: a pod to itself, and to the node it runs on.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
const alwaysOpen = (source: Source, { address, name, node }: Target): boolean =>
  address === source.address || (name === 'kubelet' && node === source.node);

const isAsked = (source: Source, target: Target, namespace: string): boolean =>
  isControl(source, target) || (concerns(source, target, namespace) && !alwaysOpen(source, target));

/** Policies of a namespace hold for what enters or leaves it. */
const concerns = (source: Source, target: Target, namespace: string): boolean =>
  source.namespace === namespace || target.namespace === namespace;
