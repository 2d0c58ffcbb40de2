import type { ApiObject, Kubectl } from '../cluster/kubectl';
import { withPod } from '../cluster/one-off-pod';
import { PodShell } from '../cluster/pod-shell';
import { ago } from '../terminal/age';
import { columns } from '../terminal/columns';
import type { World } from '../world';
import { claimPod, FOLDER } from './claim-pod';
import { type Dump, parseDumps } from './dump';
import { moment, size } from './words';

const FIND = ['find', FOLDER, '-maxdepth', '1', '-type', 'f', '-name', '*.dump', '-printf', '%s %T@ %f\\n'];

/** The dumps on the claim, newest first, and how many bytes it has left. */
export interface Listing {
  readonly dumps: readonly Dump[];
  readonly free: number;
}

export async function listDumps(shell: PodShell): Promise<Listing> {
  const dumps = parseDumps(await shell.run(FIND));
  const free = Number((await shell.run(['df', '--output=avail', '-B1', FOLDER])).trim().split('\n').at(-1));
  return { dumps, free };
}

/** Does something with a pod that sees the dumps and nothing else. */
export function besideTheDumps<T>(
  world: World,
  kubectl: Kubectl,
  cronJob: ApiObject,
  what: string,
  use: (shell: PodShell) => Promise<T>,
): Promise<T> {
  return world.terminal.step(what, (step) =>
    withPod(
      kubectl,
      { progress: (text) => step.progress(text), signal: world.signal },
      claimPod(cronJob),
      (pod) => use(new PodShell(kubectl, pod)),
    ),
  );
}

/** Shows the dumps, for people or for programs. */
export async function printDumps(
  world: World,
  kubectl: Kubectl,
  cronJob: ApiObject,
  json = false,
): Promise<void> {
  const { terminal } = world;
  const { dumps, free } = await besideTheDumps(world, kubectl, cronJob, 'look at the dumps', listDumps);
  if (json) {
    const list = dumps.map(({ name, bytes, taken }) => ({ name, bytes, taken: taken.toISOString() }));
    return terminal.print(JSON.stringify(list, null, 2));
  }
  if (dumps.length === 0) return terminal.say('There is no dump yet.');
  const rows = dumps.map(({ name, bytes, taken }) => [
    name,
    size(bytes),
    moment(taken),
    ago(taken.toISOString(), world.now()),
  ]);
  terminal.print(columns([['DUMP', 'SIZE', 'TAKEN', 'AGE'], ...rows]));
  terminal.say(`${size(free)} are free beside them.`);
}
