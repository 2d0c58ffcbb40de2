import type { Environment } from '../../lib/environments/environment';
import { next, previous, type SecretKey } from '../../lib/kubernetes/secret-key';
import { externalKeys } from '../../rules/external-secrets';
import type { Site } from '../cluster/site';
import { howToBring } from '../deploy/bring';
import { columns } from '../terminal/columns';
import { CliError } from '../terminal/errors';
import { certificateFindings } from './certificates';
import { isSharedKey, type Key, keysOf } from './keys';
import { type Finding, harmless } from './report';
import { rotating, type StoredSecret, storedSecrets } from './stored-secret';
import { weaknesses } from './strength';

/**
 * Checks every secret that an environment needs, in the memory of this machine only.
 * @throws CliError if something is wrong
 */
export async function check(site: Site, json: boolean): Promise<void> {
  const { world, kubectl, environment } = site;
  const stored = await storedSecrets(kubectl);
  const findings = [
    ...keysOf(environment).flatMap((key) => {
      const secret = stored.get(key.secret);
      const [value, change] = [ofValue(key, secret, environment), ofRotation(key, secret, environment)];
      // One line says it all, unless both have something to say.
      return [...(change && value.state === 'fine' ? [] : [value]), ...(change ? [change] : [])];
    }),
    ...(await certificateFindings(site, stored)),
    ...brought(site, stored),
    ...unused(stored, environment),
  ];
  const wrong = new Set(findings.filter((finding) => !harmless(finding)).map(({ about }) => about)).size;
  const { name } = environment;
  const result = { environment: name, fine: wrong === 0, secrets: findings };
  world.terminal.print(json ? JSON.stringify(result, undefined, 2) : table(findings));
  if (wrong === 0) return;
  throw new CliError(
    `${name}: ${wrong} ${wrong === 1 ? 'secret is' : 'secrets are'} not fine`,
    'Standard output says what to do with each',
  );
}

function ofValue(key: Key, secret: StoredSecret | undefined, { name, kind }: Environment): Finding {
  const about = key.path;
  const command = `npx coped secrets ${name}`;
  const value = secret?.value(key.key);
  const bring = `${command} set ${about}`;
  if (!value) return { about, state: 'missing', ...missingBecause(key, bring, `${command} init`) };
  const reason = weaknesses(key, value, kind).join(', and ');
  if (reason === '') return { about, state: 'fine', reason };
  const next = key.from
    ? `ask ${key.from} for another: ${bring} --replace`
    : `${command} rotate ${key.secret}`;
  return { about, state: 'weak', reason, next };
}

const missingBecause = ({ from }: Key, bring: string, init: string) =>
  from ? { reason: `is missing: ${from} makes it`, next: bring } : { reason: 'is missing', next: init };

/** Logins of nodes for their images, and authorities of servers elsewhere; whether they are right, only a connection can tell. */
const brought = (site: Site, stored: ReadonlyMap<string, StoredSecret>): Finding[] =>
  externalKeys(site.environment)
    .filter(({ type, public: isPublic }) => isPublic || type === 'kubernetes.io/dockerconfigjson')
    .map((one) => {
      const about = `${one.secret}/${one.key}`;
      if (stored.get(one.secret)?.keys.includes(one.key)) return { about, state: 'fine', reason: '' };
      return { about, state: 'missing', reason: 'is missing', next: howToBring(site, [one]).join() };
    });

/** A rotation that has begun. */
function ofRotation(key: Key, secret: StoredSecret | undefined, { name }: Environment): Finding | undefined {
  if (!secret) return undefined;
  const about = key.path;
  const command = `npx coped secrets ${name} rotate ${key.secret}`;
  if (rotating(key, secret)) {
    const reason = 'its rotation was interrupted: the old value is still accepted';
    return { about, state: 'changing', reason, next: command };
  }
  if (!isSharedKey(key) || !secret.keys.includes(previous(key).key)) return undefined;
  const reason = 'the previous key is still accepted, so that users stay logged in';
  return { about, state: 'warning', reason, next: `${command} --forget-previous` };
}

/** Entries that no pod reads: a mistyped key, or what an older release needed. */
function unused(stored: ReadonlyMap<string, StoredSecret>, environment: Environment): Finding[] {
  const { name } = environment;
  const keys = keysOf(environment);
  return [...stored.values()].flatMap((secret) => {
    const own: readonly SecretKey[] = keys.filter((key) => key.secret === secret.name);
    if (own.length === 0 && !secret.ours) return [];
    const known = [...own, ...own.map(previous), ...own.map(next)].map(({ key }) => key);
    return secret.keys
      .filter((key) => !known.includes(key))
      .map((key): Finding => {
        const reason = `nothing in ${name} reads it`;
        return { about: `${secret.name}/${key}`, state: 'warning', reason };
      });
  });
}

const table = (findings: readonly Finding[]): string =>
  columns(
    findings.map(({ about, state, reason, next }) => {
      const mark = state === 'fine' ? '✔' : state === 'warning' ? '!' : '✘';
      return [`${mark} ${about}`, [reason, next].filter(Boolean).join(': ')];
    }),
  );
