import type { Result } from '../cluster/execute';
import type { Step } from '../terminal';
import { CliError, NotInstalledError } from '../terminal/errors';
import type { World } from '../world';

/** Lines of a program's own words that are repeated. */
const LINES = 12;

/** What builders, kind and minikube say in many ways, and what to do about it. */
const KNOWN: readonly (readonly [pattern: RegExp, why: string, next: string])[] = [
  [
    /no space left on device|disk quota exceeded/i,
    'the disk is full',
    'See what Docker keeps with `docker system df`, free it with `docker system prune`, then run it again',
  ],
  [
    /cannot connect to the docker daemon|is the docker daemon running|docker daemon is not running|podman\.sock/i,
    'Docker does not run',
    'Start Docker (on Linux `sudo systemctl start docker`), then run it again',
  ],
  [
    /permission denied.*docker/i,
    'you may not use Docker',
    'Join its group: `sudo usermod -aG docker $USER`. Log out and in again, then run it again',
  ],
  [
    /"docker": executable file not found/i,
    'Docker is not installed',
    'Install Docker: https://docs.docker.com/engine/install/',
  ],
  [
    /port is already allocated|address already in use/i,
    'another program has taken a port that the cluster needs',
    'End it; `npx coped doctor` says which port it is',
  ],
  [
    /no such host|name resolution|temporary failure|i\/o timeout|tls handshake timeout|network is unreachable|connection (refused|reset)|could not resolve/i,
    'something outside does not answer',
    'Look at the network, then run it again; what is built already is kept',
  ],
  [
    /no nodes found for cluster|unknown cluster|profile .* not found/i,
    'there is no such cluster',
    'See `kind get clusters`; `npx coped up` makes a new one once its context is gone',
  ],
];

/** The usual cause of what a program says, and the remedy. */
export function usualCause(said: string): { readonly why: string; readonly next: string } | undefined {
  const [, why, next] = KNOWN.find(([pattern]) => pattern.test(said)) ?? [];
  return why && next ? { why, next } : undefined;
}

/** A program that did not do what it should: the cause if it is a usual one, and its last words. */
export function programError(what: string, { stdout, stderr }: Result, next: string): CliError {
  const said = `${stdout}\n${stderr}`.trim();
  const cause = usualCause(said);
  const last = said
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-LINES)
    .map((line) => `    ${line.slice(0, 200)}`);
  return new CliError([cause ? `${what}: ${cause.why}` : what, ...last].join('\n'), cause?.next ?? next);
}

/** What a program answers within some seconds; undefined if it is not installed. */
export async function answer(
  { execute }: World,
  program: string,
  args: readonly string[],
  within = 30,
): Promise<Result | undefined> {
  try {
    return await execute(program, args, { within });
  } catch (error) {
    if (error instanceof NotInstalledError) return undefined;
    throw error;
  }
}

export interface Work {
  /** `building coped/django:development`, for the message if it fails. */
  readonly what: string;
  /** What to do then, where the cause is not a usual one. */
  readonly next: string;
  /** Seconds. */
  readonly within: number;
}

/**
 * Runs a program that may take minutes, and shows on a terminal what it says meanwhile.
 * @throws CliError with the cause
 */
export async function runProgram(
  { execute }: World,
  step: Step,
  [program = '', ...args]: readonly string[],
  { what, next, within }: Work,
): Promise<void> {
  const heard = (text: string) => {
    const last = text
      .split(/[\r\n]+/)
      .filter((line) => line.trim() !== '')
      .at(-1);
    if (last !== undefined) step.detail(last.trim());
  };
  const result = await execute(program, args, { within, heard });
  if (result.code !== 0) throw programError(`${what} has failed`, result, next);
}
