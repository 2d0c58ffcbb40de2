import { randomBytes } from 'node:crypto';
import { SecretValue } from '../../checker/secrets/secret-value';
import type { Environment } from '../../lib/environments/environment';
import { externalKeys } from '../../rules/external-secrets';
import type { Kubectl } from '../cluster/kubectl';
import { FIELD_MANAGER } from '../cluster/server-side-apply';
import type { Site } from '../cluster/site';
import { manifestsOf } from '../dist/manifests';
import { accountOf, type Key, keysOf } from './keys';
import { put, storedSecrets } from './stored-secret';

/** 256 bits, in letters that no program misreads. */
export const random = (): SecretValue => new SecretValue(randomBytes(32).toString('hex'));

/** Creates every secret that does not exist yet. Others stay as they are. */
export async function init(site: Site): Promise<void> {
  const { world, kubectl, environment } = site;
  await ensureNamespace(site);
  const made = await fill(site, new Map(keysOf(environment).map((key) => [key, random()])));
  const missing = await missingCertificates(kubectl, environment);
  if (missing.length > 0) {
    world.terminal.say(
      `Still missing; you have to provide them: ${missing.join(', ')}\n` +
        '  See docs/clusters.md#certificates-without-cert-manager',
    );
  }
  if (made > 0) {
    const next = `See \`npx coped secrets ${environment.name} check\``;
    world.terminal.say(`The values are in the cluster only. ${next}`);
  }
}

/** Creates the namespace with its limits, as a first deploy would, if it does not exist. */
export async function ensureNamespace({ world, kubectl, environment }: Site): Promise<void> {
  const namespace = kubectl.namespace ?? '';
  if (await kubectl.exists('namespace', namespace)) return;
  await world.terminal.step(`namespace ${namespace}`, async () => {
    const foundation = manifestsOf(environment).filter(
      ({ metadata }) => metadata.labels?.['coped.org/tier'] === 'foundation',
    );
    await kubectl.apply(foundation, '--server-side', `--field-manager=${FIELD_MANAGER}`);
  });
}

/**
 * Stores values for secrets that have none yet, and prints what was done.
 * @returns how many were stored
 */
export async function fill(
  { world: { terminal }, kubectl, environment }: Site,
  values: ReadonlyMap<Key, SecretValue>,
): Promise<number> {
  const stored = await storedSecrets(kubectl);
  const servers = await existingServers(kubectl);
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
    // The Secret was lost, but not its server.
    if (account && servers.has(account.server)) {
      const next = account.superuser
        ? 'store that one again, see docs/secrets.md#change-a-password'
        : `change it there with \`npx coped secrets ${environment.name} rotate ${key.secret}\``;
      terminal.say(`  The running server has another ${key.path}: ${next}`);
    }
  }
  return made;
}

/** Servers that have stored passwords already. */
export async function existingServers(kubectl: Kubectl): Promise<Set<string>> {
  const names = await kubectl.run(['get', 'statefulsets', '--output=name']);
  return new Set(names.split('\n').map((line) => line.replace(/^.*\//, '')));
}

/** Certificates that do not exist yet, and that no program creates: `ingress-tls/tls.crt`. */
export async function missingCertificates(kubectl: Kubectl, environment: Environment): Promise<string[]> {
  const ours = new Set(keysOf(environment).map(({ secret }) => secret));
  const stored = await storedSecrets(kubectl);
  return externalKeys(environment)
    .filter(({ secret, key }) => !ours.has(secret) && !stored.get(secret)?.keys.includes(key))
    .map(({ secret, key }) => `${secret}/${key}`);
}
