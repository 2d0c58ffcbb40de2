import type { SecretValue } from '../../checker/secrets/secret-value';
import type { Environment } from '../../lib/environments/environment';
import type { Kubectl } from '../cluster/kubectl';
import { RefusedError } from '../terminal/errors';
import type { World } from '../world';
import { accountOf, isSharedKey } from './accounts';
import { givenValue } from './given';
import { foundedServers } from './init';
import { refuseWeak } from './judge';
import { type Key, keyNamed } from './keys';
import { ensureNamespace } from './namespace';
import { serverOf } from './rotation/server';
import { rotating } from './rotation/state';
import { put, type StoredSecret, storedSecret } from './stored';

/**
 * Stores one value that somebody gives.
 * @throws RefusedError for a weak value, one that is there already, and one that its server would not accept
 */
export async function set(
  world: World,
  kubectl: Kubectl,
  environment: Environment,
  text: string,
  replace: boolean,
): Promise<void> {
  const { terminal } = world;
  const key = keyNamed(text);
  const stored = await storedSecret(kubectl, key.secret);
  refuseReplacing(key, stored, environment, replace);
  const value = await givenValue(world, key.path);
  refuseWeak(key, value, environment);
  await refuseLockout(kubectl, environment, key, value);
  await ensureNamespace(world, kubectl, environment);
  await put(kubectl, key.secret, stored, { [key.key]: value });
  terminal.print(`${stored?.keys.includes(key.key) ? 'replaced' : 'made'}  ${key.path}`);
  terminal.say(afterwards(key, kubectl));
}

function refuseReplacing(
  key: Key,
  stored: StoredSecret | undefined,
  { name }: Environment,
  replace: boolean,
): void {
  const { path, secret } = key;
  if (stored && rotating(key, stored)) {
    throw new RefusedError(
      `${path} is being rotated: another value now would lock somebody out`,
      `Finish that first: npx coped secrets ${name} rotate ${secret}`,
    );
  }
  if (!stored?.keys.includes(key.key) || replace) return;
  throw new RefusedError(
    `${path} has a value already`,
    `\`npx coped secrets ${name} rotate ${secret}\` changes it safely; --replace overwrites it`,
  );
}

/** A server that has stored its passwords goes on with them: another one in the Secret would lock its clients out. */
async function refuseLockout(
  kubectl: Kubectl,
  environment: Environment,
  key: Key,
  value: SecretValue,
): Promise<void> {
  const account = accountOf(key);
  if (!account || !(await foundedServers(kubectl)).has(account.server)) return;
  if (await serverOf(account.server, kubectl, environment).accepts(account.user, value)) return;
  throw new RefusedError(
    `${key.path}: ${account.server} is there already, and does not accept this value; it would lock out who uses it`,
    `\`npx coped secrets ${environment.name} rotate ${key.secret}\` tells the server a new one, too`,
  );
}

/** When the value counts. */
function afterwards(key: Key, kubectl: Kubectl): string {
  if (!isSharedKey(key))
    return 'Nothing has to restart: pods read passwords again by themselves, within two minutes.';
  const restart = kubectl.typed('rollout', 'restart', 'deployment/web', 'deployment/api');
  return `web and api read it when they start; everybody is logged out then:\n  ${restart}`;
}
