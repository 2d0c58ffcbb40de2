import type { SecretValue } from '../../../checker/secrets/secret-value';
import type { Environment } from '../../../lib/environments/environment';
import { previous } from '../../../lib/kubernetes/secret-key';
import type { Kubectl } from '../../cluster/kubectl';
import { until } from '../../cluster/waiting';
import type { Step } from '../../terminal';
import { CliError, RefusedError } from '../../terminal/errors';
import type { World } from '../../world';
import { type Account, accountOf } from '../accounts';
import { foundedServers } from '../init';
import { type Key, keys } from '../keys';
import { random } from '../standard-input';
import { type StoredSecret, storedSecret } from '../stored-secret';
import { readers, refuseUnprepared, unaware } from './readers';
import type { Server } from './server';
import { serverOf } from './servers';
import { ROTATED_AT } from './state';

/** Seconds until every pod must have seen a changed Secret; the kubelet itself takes up to two minutes. */
const SEEN_WITHIN = 300;

/**
 * Changes a password that a server knows, without a moment in which who uses it is locked out. `password` in the Secret is
 * what shall count, `previous-password` what may still count: so the Secret alone says how far it has come, and whoever runs
 * this again goes on from there. The bootstrap Jobs set what shall count, too, and cannot undo it.
 */
export async function rotatePassword(
  world: World,
  kubectl: Kubectl,
  environment: Environment,
  key: Key,
  account: Account,
): Promise<void> {
  const { terminal, signal } = world;
  const server = serverOf(account.server, kubectl, environment);
  const found = await begun(kubectl, environment, key, account);
  const old = found.value(previous(key).key);
  if (old) terminal.say(`${key.path}: a rotation was interrupted, and is finished now`);
  const secret = old ? found : await begin(kubectl, key, found, account, server);

  const [now, before] = [secret.value(key.key), secret.value(previous(key).key)] as [
    SecretValue,
    SecretValue,
  ];
  const nudged = new Set<string>();
  const missing = () => unaware(kubectl, key, now, nudged);
  if ((await readers(kubectl, key)).length > 0) {
    await terminal.step(`${key.path}: every pod knows the new one beside the old one`, (step) =>
      until(step, 'pods to read it', missing, { within: SEEN_WITHIN, signal }),
    );
  }
  await terminal.step(`${key.path}: ${account.server} accepts the new one only`, () =>
    tell(kubectl, server, account, now, before),
  );
  await terminal.step(`${key.path}: the old one is forgotten`, async (_: Step) => {
    await secret.change(
      kubectl,
      { [previous(key).key]: undefined },
      { [ROTATED_AT]: world.now().toISOString() },
    );
  });
}

async function begun(
  kubectl: Kubectl,
  { name }: Environment,
  key: Key,
  { server }: Account,
): Promise<StoredSecret> {
  const secret = await storedSecret(kubectl, key.secret);
  if (!secret?.keys.includes(key.key)) {
    throw new RefusedError(`${key.path} is missing`, `\`npx coped secrets ${name} init\` makes it`);
  }
  if ((await foundedServers(kubectl)).has(server)) return secret;
  throw new RefusedError(
    `there is no ${server} yet that would have to be told`,
    `\`kubectl delete secret ${key.secret}\` and \`npx coped secrets ${name} init\` make a new one`,
  );
}

/** From here on the Secret has two values. Everything that could go wrong is looked at before. */
async function begin(
  kubectl: Kubectl,
  key: Key,
  secret: StoredSecret,
  account: Account,
  server: Server,
): Promise<StoredSecret> {
  const old = secret.value(key.key) as SecretValue;
  await refuseUnprepared(kubectl, key, old);
  await superuser(kubectl, server, account);
  return secret.change(kubectl, { [key.key]: random(), [previous(key).key]: old });
}

/** Tells the server, unless it knows; then makes sure. */
async function tell(
  kubectl: Kubectl,
  server: Server,
  account: Account,
  now: SecretValue,
  before: SecretValue,
): Promise<void> {
  const { user } = account;
  if (!(await server.accepts(user, now))) {
    await server.change(user, now, await superuser(kubectl, server, account));
  }
  const [isNew, isOld] = [await server.accepts(user, now), await server.accepts(user, before)];
  if (isNew && !isOld) return;
  throw new CliError(
    `${account.server} ${isNew ? 'still accepts the old password' : 'does not accept the new password'} of ${user}`,
    'Pods go on with both. Run it again, or ask the administrators of the server',
  );
}

/** How to log in as the superuser, whose own password may be half-way, too. */
async function superuser(kubectl: Kubectl, server: Server, { server: name }: Account) {
  const key = keys.find((one) => {
    const account = accountOf(one);
    return account?.server === name && account.superuser;
  }) as Key;
  const user = accountOf(key)?.user as string;
  const secret = await storedSecret(kubectl, key.secret);
  for (const one of [key.key, previous(key).key]) {
    const password = secret?.value(one);
    if (password && (await server.accepts(user, password))) return { user, password };
  }
  throw new RefusedError(
    `${name} does not accept ${key.path}, and only its superuser may change passwords`,
    'See docs/secrets.md#change-a-password for how to bring the right one back',
  );
}
