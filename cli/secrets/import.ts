import { readFile } from 'node:fs/promises';
import { SecretValue } from '../../checker/secrets/secret-value';
import type { Environment } from '../../lib/environments/environment';
import type { Kubectl } from '../cluster/kubectl';
import { CliError, RefusedError } from '../terminal/errors';
import type { World } from '../world';
import { weaknesses } from './acceptable';
import { dotenv } from './dotenv';
import { wholeText } from './given';
import { fill } from './init';
import { type Key, keys } from './keys';
import { ensureNamespace } from './namespace';

/** What the Compose version called them, as "Settings" in docs/from-compose.md says it. */
const OLD_NAMES: Readonly<Record<string, string>> = {
  SECRET_KEY: 'django',
  POSTGRES_PASSWORD: 'postgres-superuser',
  SQL_PASSWORD: 'postgres-application',
  ELASTICSEARCH_PASSWORD: 'elasticsearch-superuser',
  ELASTIC_PASSWORD: 'elasticsearch-application',
};

/** Besides these, every secret has a name made of its path: POSTGRES_OWNER_PASSWORD, DJANGO_SECRET_KEY. */
const keyOf = (variable: string): Key | undefined =>
  keys.find(
    ({ secret, path }) =>
      OLD_NAMES[variable] === secret || path.replace(/\W/g, '_').toUpperCase() === variable,
  );

/**
 * Takes secrets over from a Compose `.env` file. What is in the cluster already stays as it is.
 * @throws CliError if one of them is too weak to be taken; the others are stored
 */
export async function importFile(
  world: World,
  kubectl: Kubectl,
  environment: Environment,
  file: string,
): Promise<void> {
  const { terminal } = world;
  const { variables, unread } = dotenv(await textOf(world, file));
  const found = [...variables].flatMap(([variable, text]) => {
    const key = keyOf(variable);
    return key ? [{ variable, key, text, why: wrong(variable, key, text, variables, environment) }] : [];
  });
  const strange = [...variables.keys()].filter((variable) => !keyOf(variable));
  if (strange.length > 0) terminal.say(`Not secrets of COPED, and left alone: ${strange.join(', ')}`);
  if (unread.length > 0) terminal.say(`Not KEY=VALUE, and left alone: line ${unread.join(', ')}`);
  if (found.length === 0) throw new RefusedError('there is no secret of COPED in it', expected());

  const good = found.filter(({ why }) => !why);
  if (good.length > 0) {
    await ensureNamespace(world, kubectl, environment);
    await fill(world, kubectl, new Map(good.map(({ key, text }) => [key, new SecretValue(text)])));
  }
  const bad = found.filter(({ why }) => why);
  for (const { variable, key, why } of bad) terminal.say(`refused  ${key.path}: ${variable} ${why}`);
  if (bad.length === 0) return;
  throw new CliError(
    `${bad.length} of ${found.length} were not taken`,
    `\`npx coped secrets ${environment.name} init\` makes new ones for what is missing`,
  );
}

/** Why a value must not be taken; the value itself is in no message. */
function wrong(
  variable: string,
  key: Key,
  text: string,
  variables: ReadonlyMap<string, string>,
  { kind }: Environment,
): string | undefined {
  const weak = weaknesses(key, new SecretValue(text), kind).map(({ wrong }) => wrong);
  if (weak.length > 0) return weak.join(', and ');
  const first = [...variables].find(([name, value]) => value === text && keyOf(name))?.[0];
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

const expected = (): string =>
  `It may say ${[...Object.keys(OLD_NAMES), ...keys.map(({ path }) => path.replace(/\W/g, '_').toUpperCase())].join(', ')}`;
