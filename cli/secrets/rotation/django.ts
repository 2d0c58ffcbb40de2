import { next, previous } from '../../../lib/kubernetes/secret-key';
import { templateOf } from '../../cluster/api-object';
import { missing } from '../../cluster/readiness';
import type { Site } from '../../cluster/site';
import { until } from '../../cluster/waiting';
import { RefusedError } from '../../terminal/errors';
import { random } from '../init';
import type { Key } from '../keys';
import { ROTATED_AT, ROTATION, type StoredSecret, storedSecret } from '../stored-secret';
import { mounts, refuseUnprepared } from './readers';

const RESTARTED_FOR = 'coped.org/secret-key';
const UP_WITHIN = 900;

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
async function restarted(
  { world: { terminal, signal }, kubectl }: Site,
  key: Key,
  secret: StoredSecret,
  what: string,
): Promise<void> {
  const has = ({ key }: { key: string }) => secret.keys.includes(key);
  const phase = has(next(key)) ? 'accepted' : has(previous(key)) ? 'used' : 'alone';
  const annotations = { [RESTARTED_FOR]: `${secret.annotations[ROTATION]} ${phase}` };
  const patch = JSON.stringify({ spec: { template: { metadata: { annotations } } } });
  const deployments = await kubectl.list('deployments');
  const reading = deployments.filter((one) => mounts(templateOf(one), key.secret, key.key));
  for (const { metadata } of reading) {
    const { name } = metadata;
    await terminal.step(`${key.path}: ${name} ${what}`, async (step) => {
      await kubectl.run(['patch', 'deployment', name, `--patch=${patch}`]);
      const state = async () => missing(await kubectl.get('deployment', name));
      await until(step, name, state, { within: UP_WITHIN, signal });
    });
  }
}
