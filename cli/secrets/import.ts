import { readFile } from 'node:fs/promises';
import { SecretValue } from '../../checker/secrets/secret-value';
import { openVariables, secretVariables } from '../../lib/environments/application';
import type { Environment } from '../../lib/environments/environment';
import type { Site } from '../cluster/site';
import { CliError, RefusedError } from '../terminal/errors';
import type { World } from '../world';
import { dotenv } from './dotenv';
import { ensureNamespace, fill } from './init';
import { type Key, keysOf } from './keys';
import { wholeText } from './secret-input';
import { weaknesses } from './strength';

/** What the servers' own images called their superusers' passwords: see "Settings" in docs/from-compose.md. */
const OF_SERVERS: Readonly<Record<string, string>> = {
  POSTGRES_PASSWORD: 'postgres-superuser',
  ELASTICSEARCH_PASSWORD: 'elasticsearch-superuser',
};

/** What other variables of a Compose version are here: the same page. */
const NOW: Readonly<Record<string, string>> = {
  DJANGO_ALLOWED_HOSTS: '`host` of the environment',
  DJANGO_STATIC_ROOT: 'in the image, or the component `static`',
  ELASTICSEARCH_USER: 'two users, each with its own Secret',
  NGINX_DASHBOARDS_ROOT: '`dashboards.path` of the environment',
  NGINX_STATIC_LOCATION: 'in the image, or the component `static`',
  POSTGRES_DB: 'always `coped`',
  POSTGRES_USER: 'a role for each purpose, each with its own Secret',
};

/** What a variable that is no secret is now; undefined where nothing here has its name. */
const nowOf = (variable: string, { application }: Environment): string | undefined =>
  NOW[variable] ??
  (openVariables(application).includes(variable) ? 'a variable of the application, in its file' : undefined);

/** Besides these, every secret has a name made of its path: POSTGRES_OWNER_PASSWORD, DJANGO_SECRET_KEY. */
const variableOf = ({ path }: Key): string => path.replace(/\W/g, '_').toUpperCase();

/** Variable → secret: by its path, by the servers' names, and by the application's own. */
function keysByVariable(environment: Environment): ReadonlyMap<string, Key> {
  const keys = keysOf(environment);
  const ofApplication = [...secretVariables(environment.application)].flatMap(([variable, { secret, key }]) =>
    keys.filter((one) => one.secret === secret && one.key === key).map((one) => [variable, one] as const),
  );
  const ofServers = Object.entries(OF_SERVERS).flatMap(([variable, secret]) =>
    keys.filter((one) => one.secret === secret).map((one) => [variable, one] as const),
  );
  return new Map([...keys.map((key) => [variableOf(key), key] as const), ...ofServers, ...ofApplication]);
}

/**
 * Takes secrets from a Compose `.env` file. What is in the cluster already stays as it is.
 * @throws CliError if one of them is too weak; the others are stored
 */
export async function importFile(site: Site, file: string): Promise<void> {
  const { world, environment } = site;
  const { variables, unread } = dotenv(await textOf(world, file));
  const known = keysByVariable(environment);
  const found = [...variables].flatMap(([variable, text]) => {
    const key = known.get(variable);
    return key
      ? [{ variable, key, text, why: wrong(variable, key, text, variables, known, environment) }]
      : [];
  });
  const others = [...variables.keys()].filter((variable) => !known.has(variable));
  const strange = others.filter((variable) => nowOf(variable, environment) === undefined);
  const ignored = (what: string, which: readonly (string | number)[]) =>
    which.length > 0 && world.terminal.say(`Ignored, ${what}: ${which.join(', ')}`);
  for (const variable of others.filter((one) => !strange.includes(one)))
    world.terminal.say(`Ignored: ${variable} is now ${nowOf(variable, environment)}`);
  ignored('not secrets of COPED', strange);
  ignored('lines that are not KEY=VALUE', unread);
  if (found.length === 0) {
    throw new RefusedError(
      `${file} has no secret of COPED`,
      `Names of secrets: ${[...known.keys()].join(', ')}`,
    );
  }
  const good = found.filter(({ why }) => !why);
  if (good.length > 0) {
    await ensureNamespace(site);
    await fill(site, new Map(good.map(({ key, text }) => [key, new SecretValue(text)])));
  }
  const bad = found.filter(({ why }) => why);
  for (const { variable, key, why } of bad) world.terminal.say(`refused  ${key.path}: ${variable} ${why}`);
  if (bad.length === 0) return;
  throw new CliError(
    `${bad.length} of ${found.length} were not imported`,
    `\`npx coped secrets ${environment.name} init\` creates what is missing`,
  );
}

/** Why a value must not be imported; the value itself is in no message. */
function wrong(
  variable: string,
  key: Key,
  text: string,
  variables: ReadonlyMap<string, string>,
  known: ReadonlyMap<string, Key>,
  { kind }: Environment,
): string | undefined {
  const weak = weaknesses(key, new SecretValue(text), kind);
  if (weak.length > 0) return weak.join(', and ');
  const named = [...variables].filter(([name]) => known.has(name));
  // Two names may mean one Secret.
  const twin = named.find(([name, value]) => known.get(name) === key && value !== text)?.[0];
  if (twin) return `is another value than ${twin}, and both are for the same Secret; remove one`;
  const first = named.find(([, value]) => value === text)?.[0] ?? variable;
  return known.get(first) === key
    ? undefined
    : `is the same as ${first}; each credential needs a value of its own`;
}

async function textOf({ terminal, signal }: World, file: string): Promise<string> {
  if (file === '-') return wholeText(terminal.input, signal);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new RefusedError(
      `${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`,
      'Nothing was changed',
    );
  }
}
