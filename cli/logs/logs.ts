import { workloads } from '../../checker/manifests/workloads';
import { didYouMean } from '../../formats/nearest';
import type { Environment } from '../../lib/environments/environment';
import type { Kubectl } from '../cluster/kubectl';
import { manifestsOf } from '../dist/manifests';
import { CliError, RefusedError } from '../terminal/errors';
import type { World } from '../world';

export interface LogOptions {
  readonly follow?: boolean;
  /** Lines of each container. */
  readonly tail: string;
  /** `10m`, `2h` */
  readonly since?: string;
}

const COMPONENT = 'app.kubernetes.io/component';
/** Pods whose logs kubectl follows at once. */
const MOST = 50;

/**
 * The component that is meant; undefined for all.
 * @throws RefusedError if the environment has none of this name
 */
export function componentNamed(environment: Environment, typed?: string): string | undefined {
  if (typed === undefined) return undefined;
  const all = workloads(manifestsOf(environment)).map(
    ({ manifest }) => manifest.metadata.labels?.[COMPONENT],
  );
  const names = [...new Set(all.filter((name) => name !== undefined))].sort();
  if (names.includes(typed)) return typed;
  throw new RefusedError(
    `"${typed}" is not a component of ${environment.name}`,
    `${didYouMean(typed, names)}Choose from ${names.join(', ')}`,
  );
}

/** Prints the logs of the pods of a component, or of all. */
export async function printLogs(
  { terminal }: World,
  kubectl: Kubectl,
  component: string | undefined,
  { follow = false, tail, since }: LogOptions,
): Promise<void> {
  const selector = component ? `${COMPONENT}=${component}` : 'app.kubernetes.io/part-of=coped';
  const args = [
    'logs',
    `--selector=${selector}`,
    '--all-containers',
    '--prefix',
    // A container that has not started yet has no log, and is no error.
    '--ignore-errors',
    `--tail=${tail}`,
    ...(since ? [`--since=${since}`] : []),
    ...(follow ? ['--follow', `--max-log-requests=${MOST}`] : []),
  ];
  const { code, stderr } = await kubectl.attempt(args, { output: terminal.log() });
  if (code !== 0) {
    throw new CliError(
      `the logs cannot be read: ${stderr.trim().split('\n')[0]}`,
      `See \`${kubectl.typed('get', 'pods')}\``,
    );
  }
  if (stderr.trim() !== '') terminal.say(stderr.trim());
}
