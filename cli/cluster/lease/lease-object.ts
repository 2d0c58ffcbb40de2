import { hostname, userInfo } from 'node:os';
import type { ApiObject, Kubectl } from '../kubectl';

/** The Lease that says who deploys. */
export const NAME = 'coped-deploy';
/** Who runs the command, for colleagues. */
export const user = (): string => `${userInfo().username}@${hostname()}`;
/** Seconds without a sign of life after which a holder counts as gone. */
export const LASTS = 30;

export const isHeld = ({ spec }: ApiObject): boolean => Boolean(spec?.holderIdentity);
/** A sign of life from the future, or from no time at all, says no more than one from long ago: clocks may be wrong. */
export const isOver = ({ spec }: ApiObject, now: Date): boolean => {
  const distance = Math.abs(now.getTime() - Date.parse(spec?.renewTime ?? ''));
  return !(distance <= (spec?.leaseDurationSeconds ?? LASTS) * 1000);
};
export const nameOf = ({ spec }: ApiObject): string =>
  (spec?.holderIdentity ?? '').replace(/ [0-9a-f]+$/, '');
export const since = ({ spec }: ApiObject): string =>
  `${(spec?.acquireTime ?? '').slice(0, 19).replace('T', ' ')} UTC`;

/** Takes or renews it, unless it was written since it was read. */
export async function write(
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
      acquireTime: renewed ? found?.spec?.acquireTime : time,
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

/** Gives it back, if it is still ours. */
export async function release(kubectl: Kubectl, holder: string): Promise<void> {
  const args = ['get', 'lease', NAME, '--output=json'];
  const { code, stdout, stderr } = await kubectl.attempt(args, { evenIfInterrupted: true, within: 20 });
  if (code !== 0 && /NotFound/.test(stderr)) return;
  if (code !== 0) throw new Error(stderr.trim());
  const found: ApiObject = JSON.parse(stdout);
  if (found.spec?.holderIdentity === holder)
    await write(kubectl, found, null, new Date(found.spec.renewTime ?? 0));
}
