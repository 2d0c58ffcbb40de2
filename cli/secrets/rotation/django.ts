import { next, previous } from '../../../lib/kubernetes/secret-key';
import type { Site } from '../../cluster/site';
import { RefusedError } from '../../terminal/errors';
import { random } from '../init';
import type { Key } from '../keys';
import { ROTATED_AT, ROTATION, type StoredSecret, storedSecret } from '../stored-secret';
import { refuseUnprepared } from './readers';
import { restartReaders } from './restart';

/**
 * Changes Django's secret key without logging users out. Django reads it when it starts: first all pods accept the new one, then
 * they sign with it. The old one stays accepted, until `--forget-previous`.
 */
export async function rotateSecretKey(site: Site, key: Key, forget: boolean): Promise<void> {
  const { world, kubectl, environment } = site;
  const { terminal } = world;
  const [old, coming] = [previous(key).key, next(key).key];
  let secret = await storedSecret(kubectl, key.secret);
  if (!secret?.keys.includes(key.key)) {
    const init = `\`npx coped secrets ${environment.name} init\` creates it`;
    throw new RefusedError(`${key.path} is missing`, init);
  }
  if (environment.application.rotates === 'with a restart') return replaceSecretKey(site, key, secret);
  if (ROTATION in secret.annotations) {
    terminal.say(`${key.path}: a rotation was interrupted, and is finished now`);
  } else {
    const began = { [ROTATION]: world.now().toISOString() };
    if (forget) secret = await secret.change(kubectl, { [old]: undefined }, began);
    else {
      await refuseUnprepared(site, key, secret.value(key.key) ?? random());
      secret = await secret.change(kubectl, { [coming]: random() }, began);
    }
  }
  const to = secret.value(coming);
  if (to) {
    await restarted(site, key, secret, 'accepts the new key');
    const current = secret.value(key.key);
    secret = await secret.change(kubectl, { [key.key]: to, [old]: current, [coming]: undefined });
  }
  const forgotten = !secret.keys.includes(old);
  await restarted(site, key, secret, forgotten ? 'forgets the previous key' : 'signs with the new key');
  await secret.change(kubectl, {}, { [ROTATION]: undefined, [ROTATED_AT]: world.now().toISOString() });
  if (forgotten) return;
  terminal.say(
    `${key.path}: users stay logged in, because the old key is still accepted. If it may have leaked, or in two weeks:\n` +
      `  npx coped secrets ${environment.name} rotate ${key.secret} --forget-previous`,
  );
}

/** Restarts what reads the key, once for each phase, however often it is called. */
async function restarted(site: Site, key: Key, secret: StoredSecret, what: string): Promise<void> {
  const has = ({ key }: { key: string }) => secret.keys.includes(key);
  const phase = has(next(key)) ? 'accepted' : has(previous(key)) ? 'used' : 'alone';
  await restartReaders(site, key, `${secret.annotations[ROTATION]} ${phase}`, what);
}

/** Of an application that knows one key at a time: users have to sign in again. */
async function replaceSecretKey(site: Site, key: Key, secret: StoredSecret): Promise<void> {
  const { world, kubectl } = site;
  const mark = world.now().toISOString();
  await secret.change(kubectl, { [key.key]: random() }, { [ROTATED_AT]: mark });
  await restartReaders(site, key, mark, 'signs with the new key');
  world.terminal.say(`${key.path}: everybody has to sign in again.`);
}
