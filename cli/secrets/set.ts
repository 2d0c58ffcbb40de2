import type { SecretValue } from '../../checker/secrets/secret-value';
import type { Site } from '../cluster/site';
import { RefusedError } from '../terminal/errors';
import { ensureNamespace, existingServers } from './init';
import { accountOf, isSharedKey, type Key, keyNamed } from './keys';
import { deploymentsOf } from './rotation/readers';
import { serverOf } from './rotation/servers';
import { givenValue } from './secret-input';
import { put, rotating, type StoredSecret, storedSecret } from './stored-secret';
import { refuseWeak } from './strength';

/**
 * Stores one value from standard input.
 * @throws RefusedError for a weak value, one that exists already, and one that its server would not accept
 */
export async function set(site: Site, text: string, replace: boolean): Promise<void> {
  const { world, kubectl, environment } = site;
  const key = keyNamed(text, environment);
  const stored = await storedSecret(kubectl, key.secret);
  refuseReplacing(key, stored, environment.name, replace);
  const value = await givenValue(world, key.path);
  refuseWeak(key, value, environment);
  await refuseLockout(site, key, value);
  await ensureNamespace(site);
  await put(kubectl, key.secret, stored, { [key.key]: value });
  world.terminal.print(`${stored?.keys.includes(key.key) ? 'replaced' : 'made'}  ${key.path}`);
  world.terminal.say(afterwards(key, site));
}

function refuseReplacing(
  key: Key,
  stored: StoredSecret | undefined,
  environment: string,
  replace: boolean,
): void {
  const { path, secret } = key;
  const rotate = `npx coped secrets ${environment} rotate ${secret}`;
  if (stored && rotating(key, stored)) {
    throw new RefusedError(
      `${path} is being rotated: another value now would lock pods out`,
      `Finish that first: \`${rotate}\``,
    );
  }
  if (!stored?.keys.includes(key.key) || replace) return;
  if (key.from) throw new RefusedError(`${path} has a value already`, '--replace overwrites it');
  throw new RefusedError(
    `${path} has a value already`,
    `\`${rotate}\` changes it safely; --replace overwrites it`,
  );
}

/** A server keeps the passwords that it has stored: another one in the Secret would lock its clients out. */
async function refuseLockout({ kubectl, environment }: Site, key: Key, value: SecretValue): Promise<void> {
  const account = accountOf(key);
  if (!account || !(await existingServers(kubectl)).has(account.server)) return;
  if (await serverOf(account.server, kubectl, environment).accepts(account.user, value)) return;
  throw new RefusedError(
    `${key.path}: ${account.server} runs already and does not accept this value; it would lock clients out`,
    `\`npx coped secrets ${environment.name} rotate ${key.secret}\` changes it on the server, too`,
  );
}

/** When the value takes effect. */
function afterwards(key: Key, { kubectl, environment }: Site): string {
  const restart = (...names: string[]) => kubectl.typed('rollout', 'restart', ...names);
  const restarts = environment.application.rotates === 'with a restart';
  if (key.for) return `${key.for} reads it when it starts:\n  ${restart(`deployment/${key.for}`)}`;
  if (!isSharedKey(key) && !restarts && (accountOf(key) || key.from))
    return 'Nothing has to restart: pods read passwords again within two minutes.';
  const programs = deploymentsOf(environment);
  if (!isSharedKey(key) && !accountOf(key) && !key.from)
    return `${key.component} and its clients read it when they start, and do not understand each other until all have:\n  ${restart(`statefulset/${key.component}`, ...programs)}`;
  const names = programs.map((name) => name.replace('deployment/', '')).join(' and ');
  const loggedOut = isSharedKey(key) ? '; all users are logged out then' : '';
  return `${names} read it when they start${loggedOut}:\n  ${restart(...programs)}`;
}
