import type { Environment } from '../../../lib/environments/environment';
import { withLease } from '../../cluster/lease/lease';
import type { Site } from '../../cluster/site';
import { RefusedError } from '../../terminal/errors';
import { accountOf, isSharedKey, type Key, keyNamed, keysOf } from '../keys';
import { rotateSecretKey } from './django';
import { rotatePassword } from './password';

/**
 * Changes the secrets of a component, or a single one, while they are in use. A second run finishes an interrupted one.
 */
export async function rotate(site: Site, text: string, forget: boolean): Promise<void> {
  const { world, kubectl, environment } = site;
  const chosen = chosenKeys(environment, text);
  const others = chosen.find(({ from }) => from);
  if (others) {
    throw new RefusedError(
      `${others.path} is made by ${others.from}`,
      `Ask ${others.from} for another, then: npx coped secrets ${environment.name} set ${others.path} --replace`,
    );
  }
  if (forget && chosen.some((key) => !isSharedKey(key))) {
    throw new RefusedError(
      '--forget-previous is for django only',
      'A password stops being accepted at the end of its rotation',
    );
  }
  const unknown = chosen.find((key) => !isSharedKey(key) && !accountOf(key));
  if (unknown) {
    throw new RefusedError(
      `${unknown.path} cannot be rotated while it is in use`,
      `${unknown.purpose} \`npx coped secrets ${environment.name} set ${unknown.secret} --replace\`, then restart its pods`,
    );
  }
  // A deploy at the same time would start pods of another release, and bootstrap Jobs that set passwords.
  await withLease(world, kubectl, {}, async (lease) => {
    for (const key of chosen) {
      lease.check();
      const account = accountOf(key);
      if (account) await rotatePassword(site, key, account);
      else await rotateSecretKey(site, key, forget);
      world.terminal.print(`rotated  ${key.path}`);
    }
  });
}

/** All of a component, its superuser last: that one changes the others. */
function chosenKeys(environment: Environment, text: string): readonly Key[] {
  const ofServer = keysOf(environment).filter((key) => accountOf(key)?.server === text);
  if (ofServer.length === 0) return [keyNamed(text, environment)];
  return ofServer.sort((a, b) => Number(a.superuser ?? 0) - Number(b.superuser ?? 0));
}
