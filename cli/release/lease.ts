import { randomBytes } from 'node:crypto';
import { Interrupted } from '../cluster/execute';
import type { ApiObject, Kubectl } from '../cluster/kubectl';
import { until } from '../cluster/waiting';
import { Failure, Refusal } from '../failure';
import type { World } from '../world';
import { whoIsIt } from './records';

const NAME = 'coped-deploy';
/** Seconds without a sign of life after which a holder counts as gone. */
const LASTS = 30;
/** Seconds between two signs of life. */
const RENEWED = 5;
/** Seconds in which a holder whose time is over may still show up: clocks of two machines differ. */
const WATCHED = 12;
/** Seconds that `--wait` waits. */
const PATIENCE = 1800;

/** The right to change an environment, as long as the work lasts. */
export interface Held {
  /** @throws Failure if it was lost: somebody else may be at work now */
  check(): void;
}

export interface Waiting {
  /** Wait until it is free, instead of refusing. */
  readonly wait?: boolean;
}

/**
 * Does something that only one may do at a time. A Lease in the namespace says who is at it; it is renewed meanwhile, and runs
 * out by itself after a crash.
 *
 * @throws Refusal if somebody else is at it
 */
export async function withLease<T>(
  world: Pick<World, 'terminal' | 'signal' | 'now'>,
  kubectl: Kubectl,
  { wait = false }: Waiting,
  work: (lease: Held) => Promise<T>,
): Promise<T> {
  const holder = `${whoIsIt()} ${randomBytes(3).toString('hex')}`;
  let lease: ApiObject | undefined;
  const take = async (): Promise<string | undefined> => {
    const found = await kubectl.find('lease', NAME);
    if (found && isHeld(found)) {
      if (!wait && !isOver(found, world.now())) throw refusal(found);
      if (!(await stayedSilent(world, kubectl, found))) {
        if (!wait) throw refusal(found);
        return `${nameOf(found)} to end, at work since ${since(found)}`;
      }
    }
    lease = await write(kubectl, found, holder, world.now());
    return lease ? undefined : 'somebody else, who was faster';
  };
  await takeWhen(world, take, wait);
  const renewal = renewing(kubectl, lease, holder, world);
  try {
    return await work(renewal);
  } finally {
    await renewal.stop();
    await release(kubectl, holder).catch(() => {
      world.terminal.say(`The lease ${NAME} could not be given back; it runs out in ${LASTS} s.`);
    });
  }
}

/** Before anything is asked of a person: whether somebody else is at it already. */
export async function refuseIfHeld(kubectl: Kubectl, now: Date): Promise<void> {
  const found = await kubectl.find('lease', NAME);
  if (found && isHeld(found) && !isOver(found, now)) throw refusal(found);
}

async function takeWhen(
  { terminal, signal }: Pick<World, 'terminal' | 'signal'>,
  take: () => Promise<string | undefined>,
  wait: boolean,
): Promise<void> {
  let refused: Error | undefined;
  const keepingRefusals = () =>
    take().catch((error: Error) => {
      if (!wait || error instanceof Interrupted) refused = error;
      if (refused) return undefined;
      throw error;
    });
  const first = await keepingRefusals();
  if (refused) throw refused;
  if (first === undefined) return;
  await terminal.step('Waiting for our turn', (step) =>
    until({ progress: (text) => step.progress(text) }, 'the other deploy', keepingRefusals, {
      within: PATIENCE,
      signal,
    }),
  );
  if (refused) throw refused;
}

const isHeld = ({ spec }: ApiObject): boolean => Boolean(spec?.holderIdentity);
const isOver = ({ spec }: ApiObject, now: Date): boolean =>
  now.getTime() - Date.parse(spec.renewTime) > (spec.leaseDurationSeconds ?? LASTS) * 1000;
const nameOf = ({ spec }: ApiObject): string => spec.holderIdentity.replace(/ [0-9a-f]+$/, '');
const since = ({ spec }: ApiObject): string =>
  `${(spec.acquireTime ?? '').slice(0, 19).replace('T', ' ')} UTC`;

const refusal = (lease: ApiObject): Refusal =>
  new Refusal(
    `${nameOf(lease)} deploys this environment, since ${since(lease)}`,
    'Two at once would undo each other: wait, or add --wait',
  );

/** Whether the holder of a lease has gone without a word: nothing is heard of it while we watch. */
async function stayedSilent(
  { signal, terminal, now }: Pick<World, 'signal' | 'terminal' | 'now'>,
  kubectl: Kubectl,
  seen: ApiObject,
): Promise<boolean> {
  if (!isOver(seen, now())) return false;
  let looks = 0;
  let alive = false;
  await terminal.step(`Seeing whether ${nameOf(seen)} is still at work`, (step) =>
    until(
      step,
      'a sign of life',
      async () => {
        const found = await kubectl.find('lease', NAME);
        alive = found?.metadata.resourceVersion !== seen.metadata.resourceVersion;
        looks += 1;
        return alive || looks > WATCHED ? undefined : `none for ${looks} s`;
      },
      { within: 60, signal },
    ),
  );
  return !alive;
}

/** Takes or renews it, if nobody else has written it since it was read. */
async function write(
  kubectl: Kubectl,
  found: ApiObject | undefined,
  holder: string | null,
  now: Date,
): Promise<ApiObject | undefined> {
  // With microseconds, as its type wants it.
  const time = now.toISOString().replace('Z', '000Z');
  const renewed = found?.spec?.holderIdentity === holder;
  const lease = {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name: NAME, ...(found && { resourceVersion: found.metadata.resourceVersion }) },
    spec: {
      holderIdentity: holder,
      leaseDurationSeconds: LASTS,
      acquireTime: renewed ? found?.spec.acquireTime : time,
      renewTime: time,
    },
  };
  const args = [found ? 'replace' : 'create', '--output=json', '--filename=-'];
  const { code, stdout, stderr } = await kubectl.attempt(args, {
    input: JSON.stringify(lease),
    within: 20,
    evenIfInterrupted: holder === null,
  });
  if (code === 0) return JSON.parse(stdout);
  if (/AlreadyExists|Conflict|\bNotFound\b.*lease/i.test(stderr)) return undefined;
  throw new Error(`the lease ${NAME} cannot be written: ${stderr.trim()}`);
}

function renewing(
  kubectl: Kubectl,
  taken: ApiObject | undefined,
  holder: string,
  { now }: Pick<World, 'now'>,
): Held & { stop(): Promise<void> } {
  let lease = taken;
  let heard = Date.now();
  let lost = false;
  let running: Promise<void> = Promise.resolve();
  const renew = async (): Promise<void> => {
    try {
      lease = await write(kubectl, lease, holder, now());
      lost = lease === undefined;
      if (!lost) heard = Date.now();
    } catch {
      // The API server is away, or ctrl-C was pressed: as long as the time is not over, it is still ours.
    }
  };
  let busy = false;
  const timer = setInterval(() => {
    if (busy || lost) return;
    busy = true;
    running = renew().finally(() => {
      busy = false;
    });
  }, RENEWED * 1000);
  timer.unref();
  return {
    check() {
      if (!lost && Date.now() - heard < LASTS * 1000) return;
      throw new Failure(
        'the right to deploy was lost: the API server was away for too long, or somebody has taken over',
        'Look with `coped status`, then run it again: it takes up where it stopped',
      );
    },
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

/** Gives it back, if it is still ours. */
async function release(kubectl: Kubectl, holder: string): Promise<void> {
  const args = ['get', 'lease', NAME, '--output=json'];
  const { code, stdout } = await kubectl.attempt(args, { evenIfInterrupted: true, within: 20 });
  const found: ApiObject = code === 0 ? JSON.parse(stdout) : undefined;
  if (found?.spec?.holderIdentity === holder)
    await write(kubectl, found, null, new Date(found.spec.renewTime));
}
