import type { Environment } from '../../../lib/environments/environment';
import type { Kubectl } from '../../cluster/kubectl';
import { withLease } from '../../release/lease';
import { RefusedError } from '../../terminal/errors';
import type { World } from '../../world';
import { accountOf, isSharedKey } from '../accounts';
import { type Key, keyNamed, keys } from '../keys';
import { rotateSecretKey } from './django';
import { rotatePassword } from './password';

/**
 * Changes the secrets of a component, or a single one, while people use them. A second run finishes what an interrupted one
 * has begun.
 */
export async function rotate(
  world: World,
  kubectl: Kubectl,
  environment: Environment,
  text: string,
  forget: boolean,
): Promise<void> {
  const chosen = chosenKeys(text);
  if (forget && chosen.some((key) => !isSharedKey(key))) {
    throw new RefusedError(
      '--forget-previous is about django only',
      'Passwords are forgotten when they are rotated',
    );
  }
  const unknown = chosen.find((key) => !isSharedKey(key) && !accountOf(key));
  if (unknown) {
    throw new RefusedError(
      `${unknown.path}: it cannot be changed while it is used`,
      `\`npx coped secrets ${environment.name} set ${unknown.secret} --replace\`, then restart what reads it`,
    );
  }
  // A deploy at the same time would start pods of another release, and bootstrap Jobs that set passwords.
  await withLease(world, kubectl, {}, async (lease) => {
    for (const key of chosen) {
      lease.check();
      const account = accountOf(key);
      if (account) await rotatePassword(world, kubectl, environment, key, account);
      else await rotateSecretKey(world, kubectl, environment, key, forget);
      world.terminal.print(`rotated  ${key.path}`);
    }
  });
}

/** Of a component all, the superuser last: it changes the others. */
function chosenKeys(text: string): readonly Key[] {
  const ofServer = keys.filter((key) => accountOf(key)?.server === text);
  if (ofServer.length === 0) return [keyNamed(text)];
  return [
    ...ofServer.filter(({ superuser }) => !superuser),
    ...ofServer.filter(({ superuser }) => superuser),
  ];
}
