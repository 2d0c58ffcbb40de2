import type { Target } from './targets';

/** Connections tried at once by one pod: most of them only wait for the silence of a dropped packet. */
const AT_ONCE = 100;

/** A target, and the seconds after which its silence counts as refusal. */
export type Patiently = readonly [target: Target, seconds: number];

/** One shell script that tries all targets, so that a source needs a single `kubectl exec`. */
export const probeScript = (targets: readonly Patiently[]): string =>
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

const pauseAfter = (number: number): string => (number % AT_ONCE === AT_ONCE - 1 ? '\nwait' : '');

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
