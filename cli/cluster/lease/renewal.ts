import { namespaceOf } from '../../../lib/environments/environment';
import { CliError } from '../../terminal/errors';
import type { World } from '../../world';
import type { ApiObject, Kubectl } from '../kubectl';
import { LASTS, NAME, write } from './lease-object';

/** Seconds between two signs of life. */
const RENEWED = 5;

/** The right to change an environment, as long as the work lasts. */
export interface Held {
  /** @throws CliError if it was lost: another user may hold it now */
  check(): void;
}

/** After a sign of life whose answer was lost there is a newer one than we know of, and it is ours. */
async function stillOurs(kubectl: Kubectl, holder: string): Promise<ApiObject | undefined> {
  const found = await kubectl.find('lease', NAME);
  return found?.spec?.holderIdentity === holder ? found : undefined;
}

/** Gives signs of life until it is stopped. */
export function renewing(
  kubectl: Kubectl,
  taken: ApiObject | undefined,
  holder: string,
  { now, environments }: Pick<World, 'now' | 'environments'>,
): Held & { stop(): Promise<void> } {
  let lease = taken;
  let heard = Date.now();
  let lost = false;
  let running: Promise<void> = Promise.resolve();
  const renew = async (): Promise<void> => {
    try {
      lease = (await write(kubectl, lease, holder, now())) ?? (await stillOurs(kubectl, holder));
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
      const environment = environments.find((one) => namespaceOf(one) === kubectl.namespace);
      throw new CliError(
        'the right to deploy was lost: the API server was away for too long, or another deploy has taken over',
        `Look with \`npx coped status ${environment?.name ?? '<environment>'}\`, then run it again: it takes up where it stopped`,
      );
    },
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
