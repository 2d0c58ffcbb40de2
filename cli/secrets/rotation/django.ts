import type { Environment } from '../../../lib/environments/environment';
import { next, previous, type SecretKey } from '../../../lib/kubernetes/secret-key';
import type { ApiObject, Kubectl } from '../../cluster/kubectl';
import { missing } from '../../cluster/readiness';
import { until } from '../../cluster/waiting';
import { RefusedError } from '../../terminal/errors';
import type { World } from '../../world';
import type { Key } from '../keys';
import { random } from '../standard-input';
import { type StoredSecret, storedSecret } from '../stored';
import { mounts, refuseUnprepared } from './readers';
import { ROTATED_AT, ROTATION } from './state';

const RESTARTED_FOR = 'coped.org/secret-key';
const UP_WITHIN = 900;

/**
 * Changes Django's secret key, so that nobody is logged out. Django reads it when it starts: first all pods learn to accept
 * the new one, then to sign with it. The old one stays accepted, until `--forget-previous`.
 */
export async function rotateSecretKey(
  world: World,
  kubectl: Kubectl,
  { name }: Environment,
  key: Key,
  forget: boolean,
): Promise<void> {
  const { terminal } = world;
  let secret = await storedSecret(kubectl, key.secret);
  if (!secret?.keys.includes(key.key)) {
    throw new RefusedError(`${key.path} is missing`, `\`npx coped secrets ${name} init\` makes it`);
  }
  if (ROTATION in secret.annotations) {
    terminal.say(`${key.path}: a rotation was interrupted, and is finished now`);
  } else {
    const began = { [ROTATION]: world.now().toISOString() };
    if (forget) secret = await secret.change(kubectl, { [previous(key).key]: undefined }, began);
    else {
      await refuseUnprepared(kubectl, key, secret.value(key.key) ?? random());
      secret = await secret.change(kubectl, { [next(key).key]: random() }, began);
    }
  }
  const to = secret.value(next(key).key);
  if (to) {
    await restarted(world, kubectl, key, secret, 'accepts the new one');
    secret = await secret.change(kubectl, {
      [key.key]: to,
      [previous(key).key]: secret.value(key.key),
      [next(key).key]: undefined,
    });
  }
  const forgotten = !secret.keys.includes(previous(key).key);
  await restarted(
    world,
    kubectl,
    key,
    secret,
    forgotten ? 'forgets the one before' : 'signs with the new one',
  );
  await secret.change(kubectl, {}, { [ROTATION]: undefined, [ROTATED_AT]: world.now().toISOString() });
  if (forgotten) return;
  terminal.say(
    `${key.path}: who was logged in stays so, because the old key is still accepted. If somebody may know it, or in two weeks:\n` +
      `  npx coped secrets ${name} rotate ${key.secret} --forget-previous`,
  );
}

/** Restarts what reads the key, once for each phase, however often this is asked. */
async function restarted(
  { terminal, signal }: World,
  kubectl: Kubectl,
  key: Key,
  secret: StoredSecret,
  what: string,
): Promise<void> {
  const has = (passing: SecretKey) => secret.keys.includes(passing.key);
  const step = has(next(key)) ? 'accepted' : has(previous(key)) ? 'used' : 'alone';
  const phase = `${secret.annotations[ROTATION]} ${step}`;
  const { items } = await kubectl.get('deployments');
  const reading = items.filter(({ spec }: ApiObject) => mounts(spec.template.spec, key.secret, key.key));
  for (const { metadata } of reading) {
    await terminal.step(`${key.path}: ${metadata.name} ${what}`, async (step) => {
      const patch = { spec: { template: { metadata: { annotations: { [RESTARTED_FOR]: phase } } } } };
      await kubectl.run(['patch', 'deployment', metadata.name, `--patch=${JSON.stringify(patch)}`]);
      const state = async () => missing(await kubectl.get('deployment', metadata.name));
      await until(step, `${metadata.name}`, state, { within: UP_WITHIN, signal });
    });
  }
}
