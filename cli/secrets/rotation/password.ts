import type { SecretValue } from '../../../checker/secrets/secret-value';
import { previous } from '../../../lib/kubernetes/secret-key';
import type { Site } from '../../cluster/site';
import { until } from '../../cluster/waiting';
import { CliError, RefusedError } from '../../terminal/errors';
import { existingServers, random } from '../init';
import { type Account, accountOf, type Key, keysOf } from '../keys';
import { ROTATED_AT, type StoredSecret, storedSecret } from '../stored-secret';
import { readers, refuseUnprepared, unaware } from './readers';
import { restartReaders } from './restart';
import type { Login, Server } from './server';
import { serverOf } from './servers';

/** Seconds until every pod must have seen a changed Secret; the kubelet itself takes up to two minutes. */
const SEEN_WITHIN = 300;

/**
 * Changes a password on a server, without locking clients out at any moment. The Secret has the new value in `password` and the old
 * one in `previous-password`: the Secret alone says how far the rotation has come, and a second run continues there. The bootstrap
 * Jobs set the new value, too, and cannot undo it.
 */
export async function rotatePassword(site: Site, key: Key, account: Account): Promise<void> {
  const { world, kubectl, environment } = site;
  const { terminal, signal, now } = world;
  const server = serverOf(account.server, kubectl, environment);
  const superuser = () => loginOfSuperuser(site, server, account);
  const found = await existing(site, key, account);
  const isBegun = found.keys.includes(previous(key).key);
  if (isBegun) terminal.say(`${key.path}: a rotation was interrupted, and is finished now`);
  const secret = isBegun ? found : await begin(site, key, found, superuser);
  const [to, from] = [key.key, previous(key).key].map((name) => secret.value(name)) as [
    SecretValue,
    SecretValue,
  ];
  const step = terminal.step.bind(terminal);
  const restarts = isReadAtStart(site, key);
  if (!restarts && (await readers(kubectl, key)).length > 0) {
    const nudged = new Set<string>();
    const missing = () => unaware(site, key, to, nudged);
    await step(`${key.path}: every pod accepts the new value and the old one`, (report) =>
      until(report, 'pods to read it', missing, { within: SEEN_WITHIN, signal }),
    );
  }
  await step(`${key.path}: ${account.server} accepts the new value only`, () =>
    change(server, account, to, from, superuser),
  );
  // From here on their new connections fail, until they have started again.
  if (restarts) await restartReaders(site, key, now().toISOString(), 'reads the new value');
  await step(`${key.path}: the old value is removed`, () =>
    secret.change(kubectl, { [previous(key).key]: undefined }, { [ROTATED_AT]: now().toISOString() }),
  );
}

const isReadAtStart = ({ environment }: Site, key: Key): boolean =>
  environment.application.rotates === 'with a restart' || key.for !== undefined;

async function existing(
  { kubectl, environment: { name } }: Site,
  key: Key,
  { server }: Account,
): Promise<StoredSecret> {
  const init = `\`npx coped secrets ${name} init\``;
  const secret = await storedSecret(kubectl, key.secret);
  if (!secret?.keys.includes(key.key)) throw new RefusedError(`${key.path} is missing`, `${init} creates it`);
  if ((await existingServers(kubectl)).has(server)) return secret;
  throw new RefusedError(
    `${name} has no ${server} yet: there is no password to change on it`,
    `For a new value: \`${kubectl.typed('delete', 'secret', key.secret)}\`, then ${init}`,
  );
}

/** After this the Secret has two values. Everything that could fail is checked before. */
async function begin(
  site: Site,
  key: Key,
  secret: StoredSecret,
  superuser: () => Promise<Login>,
): Promise<StoredSecret> {
  const old = secret.value(key.key) as SecretValue;
  if (!isReadAtStart(site, key)) await refuseUnprepared(site, key, old);
  await superuser();
  return secret.change(site.kubectl, { [key.key]: random(), [previous(key).key]: old });
}

/** Changes the password on the server, unless that is done, and verifies it. */
async function change(
  server: Server,
  { server: name, user }: Account,
  to: SecretValue,
  from: SecretValue,
  superuser: () => Promise<Login>,
): Promise<void> {
  if (!(await server.accepts(user, to))) await server.change(user, to, await superuser());
  const [isNew, isOld] = [await server.accepts(user, to), await server.accepts(user, from)];
  if (isNew && !isOld) return;
  throw new CliError(
    `${name} ${isNew ? 'still accepts the old password' : 'does not accept the new password'} of ${user}`,
    'Pods can use both. Run it again, or contact the administrators of the server',
  );
}

/** How to log in as the superuser, whose own rotation may be unfinished, too. */
async function loginOfSuperuser(
  { kubectl, environment }: Site,
  server: Server,
  { server: name }: Account,
): Promise<Login> {
  const key = keysOf(environment).find(({ component, superuser }) => component === name && superuser) as Key;
  const user = accountOf(key)?.user as string;
  const secret = await storedSecret(kubectl, key.secret);
  for (const one of [key.key, previous(key).key]) {
    const password = secret?.value(one);
    if (password && (await server.accepts(user, password))) return { user, password };
  }
  throw new RefusedError(
    `${name} does not accept ${key.path}, and only its superuser may change passwords`,
    'To store the right one again, see docs/secrets.md#change-a-password',
  );
}
