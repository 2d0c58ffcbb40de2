import type { Environment } from '../../lib/environments/environment';
import { next, previous, type SecretKey } from '../../lib/kubernetes/secret-key';
import type { Kubectl } from '../cluster/kubectl';
import { columns } from '../terminal/columns';
import { CliError } from '../terminal/errors';
import type { World } from '../world';
import { weaknesses } from './acceptable';
import { isSharedKey } from './accounts';
import { certificateFindings } from './certificates';
import { type Key, keys } from './keys';
import { type Finding, harmless } from './report';
import { rotating } from './rotation/state';
import { type StoredSecret, storedSecrets } from './stored';

/**
 * Looks at every secret that an environment needs, in the memory of this machine only.
 * @throws CliError if something is not fine
 */
export async function check(
  { terminal, now }: World,
  kubectl: Kubectl,
  environment: Environment,
  json: boolean,
): Promise<void> {
  const stored = await storedSecrets(kubectl);
  const findings = [
    ...keys.flatMap((key) => {
      const [value, change] = [judged, changing].map((look) =>
        look(key, stored.get(key.secret), environment),
      );
      // One line says it all, unless both have something to say.
      return [value, change].filter((one) => one && !(change && one.state === 'fine')) as Finding[];
    }),
    ...(await certificateFindings(kubectl, environment, stored, now())),
    ...unused(stored, environment),
  ];
  const wrong = findings.filter((finding) => !harmless(finding));
  const fine = wrong.length === 0;
  terminal.print(
    json
      ? JSON.stringify({ environment: environment.name, fine, secrets: findings }, undefined, 2)
      : table(findings),
  );
  if (!fine) {
    throw new CliError(
      `${environment.name}: ${wrong.length} of its secrets ${wrong.length === 1 ? 'is' : 'are'} not fine`,
      'What to do stands with each, on standard output',
    );
  }
}

function judged(key: Key, secret: StoredSecret | undefined, { name, kind }: Environment): Finding {
  const value = secret?.value(key.key);
  if (!value) {
    const next = `npx coped secrets ${name} init`;
    return { about: key.path, state: 'missing', reason: 'is missing', next };
  }
  const [first, ...more] = weaknesses(key, value, kind).map(({ wrong }) => wrong);
  if (!first) return { about: key.path, state: 'fine', reason: '' };
  const next = `npx coped secrets ${name} rotate ${key.secret}`;
  return { about: key.path, state: 'weak', reason: [first, ...more].join(', and '), next };
}

/** A rotation that somebody has begun. */
function changing(key: Key, secret: StoredSecret | undefined, { name }: Environment): Finding | undefined {
  if (!secret) return undefined;
  const isKey = isSharedKey(key);
  const has = (passing: SecretKey) => secret.keys.includes(passing.key);
  const command = `npx coped secrets ${name} rotate ${key.secret}`;
  if (rotating(key, secret)) {
    const reason = 'its rotation was interrupted: the old value still counts';
    return { about: key.path, state: 'changing', reason, next: command };
  }
  if (!isKey || !has(previous(key))) return undefined;
  const reason = 'the key before it is still accepted, so that people stay logged in';
  return { about: key.path, state: 'warning', reason, next: `${command} --forget-previous` };
}

/** Entries that nobody reads: a mistyped key, or what an older release needed. */
function unused(stored: ReadonlyMap<string, StoredSecret>, { name }: Environment): Finding[] {
  return [...stored.values()].flatMap((secret) => {
    const own = keys.filter((key) => key.secret === secret.name);
    if (own.length === 0 && !secret.ours) return [];
    const known = [...own, ...own.map(previous), ...own.map(next)].map(({ key }) => key);
    return secret.keys
      .filter((key) => own.length === 0 || !known.includes(key))
      .map((key) => ({
        about: `${secret.name}/${key}`,
        state: 'warning' as const,
        reason: `nobody in ${name} reads it`,
      }));
  });
}

const MARKS: Readonly<Record<Finding['state'], string>> = {
  fine: '✔',
  warning: '!',
  missing: '✘',
  weak: '✘',
  expired: '✘',
  wrong: '✘',
  changing: '✘',
};

const table = (findings: readonly Finding[]): string =>
  columns(
    findings.map(({ about, state, reason, next }) => [
      `${MARKS[state]} ${about}`,
      [reason, next].filter(Boolean).join(': '),
    ]),
  );
