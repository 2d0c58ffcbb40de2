import { readFile } from 'node:fs/promises';
import { SecretValue } from '../../checker/secrets/secret-value';
import type { Environment } from '../../lib/environments/environment';
import type { Site } from '../cluster/site';
import { CliError, RefusedError } from '../terminal/errors';
import type { World } from '../world';
import { dotenv } from './dotenv';
import { ensureNamespace, fill } from './init';
import { type Key, keysOf } from './keys';
import { wholeText } from './secret-input';
import { weaknesses } from './strength';

/** What the Compose version called them, see "Settings" in docs/from-compose.md. */
const OLD_NAMES: Readonly<Record<string, string>> = {
  SECRET_KEY: 'django',
  POSTGRES_PASSWORD: 'postgres-superuser',
  SQL_PASSWORD: 'postgres-application',
  ELASTICSEARCH_PASSWORD: 'elasticsearch-superuser',
  ELASTIC_PASSWORD: 'elasticsearch-application',
};

/** Besides these, every secret has a name made of its path: POSTGRES_OWNER_PASSWORD, DJANGO_SECRET_KEY. */
const variableOf = ({ path }: Key): string => path.replace(/\W/g, '_').toUpperCase();

const keyOf = (variable: string, environment: Environment): Key | undefined =>
  keysOf(environment).find((key) => OLD_NAMES[variable] === key.secret || variableOf(key) === variable);

/**
 * Takes secrets from a Compose `.env` file. What is in the cluster already stays as it is.
 * @throws CliError if one of them is too weak; the others are stored
 */
export async function importFile(site: Site, file: string): Promise<void> {
  const { world, environment } = site;
  const { variables, unread } = dotenv(await textOf(world, file));
  const found = [...variables].flatMap(([variable, text]) => {
    const key = keyOf(variable, environment);
    return key ? [{ variable, key, text, why: wrong(variable, key, text, variables, environment) }] : [];
  });
  const strange = [...variables.keys()].filter((variable) => !keyOf(variable, environment));
  const ignored = (what: string, which: readonly (string | number)[]) =>
    which.length > 0 && world.terminal.say(`Ignored, ${what}: ${which.join(', ')}`);
  ignored('not secrets of COPED', strange);
  ignored('lines that are not KEY=VALUE', unread);
  if (found.length === 0) {
    const names = [...Object.keys(OLD_NAMES), ...keysOf(environment).map(variableOf)];
    throw new RefusedError(`${file} has no secret of COPED`, `Names of secrets: ${names.join(', ')}`);
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
  environment: Environment,
): string | undefined {
  const weak = weaknesses(key, new SecretValue(text), environment.kind);
  if (weak.length > 0) return weak.join(', and ');
  const first = [...variables].find(([name, value]) => value === text && keyOf(name, environment))?.[0];
  return first === variable ? undefined : `is the same as ${first}; each credential needs a value of its own`;
}

async function textOf({ terminal, signal }: World, file: string): Promise<string> {
  if (file === '-') return wholeText(terminal.streams.input, signal);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new RefusedError(
      `${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`,
      'Nothing was changed',
    );
  }
}
