import type { SecretValue } from '../../checker/secrets/secret-value';
import type { Environment } from '../../lib/environments/environment';
import { externalKeys } from '../../rules/external-secrets';
import type { Kubectl } from '../cluster/kubectl';
import type { World } from '../world';
import { accountOf } from './accounts';
import { type Key, keys } from './keys';
import { ensureNamespace } from './namespace';
import { random } from './standard-input';
import { put, storedSecrets } from './stored-secret';

/** Makes every secret that is not there yet. What is there stays as it is. */
export async function init(world: World, kubectl: Kubectl, environment: Environment): Promise<void> {
  const { terminal } = world;
  await ensureNamespace(world, kubectl, environment);
  const made = await fill(world, kubectl, new Map(keys.map((key) => [key, random()])));
  const missing = await missingCertificates(kubectl, environment);
  if (missing.length > 0) {
    terminal.say(
      `Still missing, and yours to bring: ${missing.join(', ')}\n` +
        '  See docs/clusters.md#certificates-without-cert-manager',
    );
  }
  if (made > 0) {
    terminal.say(`The values are in the cluster only. See \`npx coped secrets ${environment.name} check\``);
  }
}

/**
 * Stores values for secrets that have none yet, and says what was done.
 * @returns how many were stored
 */
export async function fill(
  { terminal }: World,
  kubectl: Kubectl,
  values: ReadonlyMap<Key, SecretValue>,
): Promise<number> {
  const stored = await storedSecrets(kubectl);
  const founded = await foundedServers(kubectl);
  let made = 0;
  for (const [key, value] of values) {
    const secret = stored.get(key.secret);
    if (secret?.keys.includes(key.key)) {
      terminal.print(`kept  ${key.path}`);
      continue;
    }
    stored.set(key.secret, await put(kubectl, key.secret, secret, { [key.key]: value }));
    terminal.print(`made  ${key.path}`);
    made += 1;
    const account = accountOf(key);
    if (account && founded.has(account.server)) terminal.say(unknownToServer(key, account.superuser));
  }
  return made;
}

/** A Secret was lost while its server lived on. */
const unknownToServer = ({ secret, path }: Key, superuser = false): string =>
  superuser
    ? `  The server that is there knows another ${path}: bring that back, see docs/secrets.md#change-a-password`
    : `  The server that is there knows another ${path}: tell it with \`npx coped secrets … rotate ${secret}\``;

/** Servers that have stored passwords already. */
export async function foundedServers(kubectl: Kubectl): Promise<Set<string>> {
  const names = await kubectl.run(['get', 'statefulsets', '--output=name']);
  return new Set(names.split('\n').map((line) => line.replace(/^.*\//, '')));
}

/** Certificates that nobody makes by themselves, and nobody has brought yet: `ingress-tls/tls.crt`. */
export async function missingCertificates(kubectl: Kubectl, environment: Environment): Promise<string[]> {
  const ours = new Set(keys.map(({ secret }) => secret));
  const stored = await storedSecrets(kubectl);
  return externalKeys(environment)
    .filter(({ secret, key }) => !ours.has(secret) && !stored.get(secret)?.keys.includes(key))
    .map(({ secret, key }) => `${secret}/${key}`);
}
