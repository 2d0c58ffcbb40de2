import type { Kubectl } from '../../../cli/cluster/kubectl';
import type { Answer, Source, Target } from './targets';
import { type Expectation, isControl } from './verdict';

/** Pods that try at the same time. Many more would slow each other down until an allowed connection times out. */
const PODS = 5;

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
  await Promise.all(Array.from({ length: PODS }, work));
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

/** Connections tried at once by one pod: most of them only wait for the silence of a dropped packet. */
const CONNECTIONS = 100;

/** A target, and the seconds after which its silence counts as refusal. */
type Patiently = readonly [target: Target, seconds: number];

/** One shell script that tries all targets, so that a source needs a single `kubectl exec`. */
const probeScript = (targets: readonly Patiently[]): string =>
  [
    'answer() { if "$@" </dev/null >/dev/null 2>&1; then echo "$number connects"; else echo "$number refused"; fi; }',
    ...targets.map((target, number) => `number=${number}; answer ${attempt(target)} &${pauseAfter(number)}`),
    'wait',
  ].join('\n');

/** `-e true` hangs up as soon as it is connected; not every busybox has `-z`. */
const attempt = ([{ address, port, protocol }, seconds]: Patiently): string =>
  protocol === 'TCP'
    ? `nc -w ${seconds} ${address} ${port} -e true`
    : // UDP has no connections: only an answer shows that the question arrived.
      `timeout ${seconds} nslookup -type=a kubernetes.default.svc.cluster.local ${address}`;

const pauseAfter = (number: number): string => (number % CONNECTIONS === CONNECTIONS - 1 ? '\nwait' : '');

/** Which of the targets could be connected to. Every target must have answered one way or the other. */
export function parseAnswers(output: string, targets: readonly Target[]): boolean[] {
  const answers = new Map(
    [...output.matchAll(/^(\d+) (connects|refused)$/gm)].map(([, number, answer]) => [
      Number(number),
      answer === 'connects',
    ]),
  );
  return targets.map((target, number) => {
    const answer = answers.get(number);
    if (answer === undefined) throw new Error(`no word about ${target.name}:${target.port} in:\n${output}`);
    return answer;
  });
}
