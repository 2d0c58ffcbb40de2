import { moment, size, stampIn } from '../backup/words';
import { ago } from '../terminal/age';
import { columns } from '../terminal/columns';
import { type Consent, confirm } from '../terminal/confirm';
import { RefusedError } from '../terminal/errors';
import { type Database, Databases, isKept, keptName } from './databases';
import { schemaOf } from './django';
import { afterwards } from './restore';
import { describeRows, inShort } from './rows';
import { exclusively, type PostgresSite, refuseWhileInUse } from './site';

/** Databases that were live, the latest first. */
const keptOnes = async (databases: Databases): Promise<Database[]> =>
  (await databases.list()).filter(({ name }) => isKept(name)).reverse();

/** Shows what earlier restores have kept. */
export async function listKept({ world, shell }: PostgresSite, json = false): Promise<void> {
  const kept = (await keptOnes(new Databases(shell))).map(({ name, bytes, about }) => ({
    name,
    bytes,
    replaced: (stampIn(name) ?? new Date(0)).toISOString(),
    about,
  }));
  const { terminal } = world;
  if (json) return terminal.print(JSON.stringify(kept, null, 2));
  if (kept.length === 0) return terminal.say('Nothing is kept: no restore has replaced a database.');
  const rows = kept.map(({ name, bytes, replaced, about }) => [
    name,
    size(bytes),
    moment(new Date(replaced)),
    ago(replaced, world.now()),
    about ?? 'the first',
  ]);
  terminal.print(columns([['DATABASE', 'SIZE', 'LIVE UNTIL', '', 'WHAT IT WAS'], ...rows]));
}

/** Drops one of them for good. */
export async function forget(site: PostgresSite, name: string, consent: Consent): Promise<void> {
  const { world, environment, kubectl, shell } = site;
  const databases = new Databases(shell);
  const database = find(name, await keptOnes(databases), environment.name);
  const rows = await databases.rows(name);
  await confirm(
    world,
    environment,
    consent,
    `the database ${name} (${inShort(rows)}, ${size(database.bytes)}), on ${kubectl.context}, is dropped for good`,
  );
  await world.terminal.step(`drop ${name}`, () => databases.drop(name));
}

/** Makes one of them live again, the latest unless another is named; what is live now is kept in its place. */
export async function undo(site: PostgresSite, name: string | undefined, consent: Consent): Promise<void> {
  const { world, environment, kubectl, shell } = site;
  const databases = new Databases(shell);
  const before = await databases.before(environment.name);
  const all = await keptOnes(databases);
  const back = find(name ?? all[0]?.name, all, environment.name);
  await refuseWhileInUse(site);
  const rows = await databases.rows(back.name);
  const kept = keptName(world.now());
  world.terminal.say(`${back.name} has: ${inShort(rows)}\n${describeRows(rows)}`);
  await confirm(
    world,
    environment,
    consent,
    `its database, on ${kubectl.context}, (${inShort(before.rows)}) is replaced by ${back.name}, and kept as ${kept}`,
  );
  await exclusively(site, databases, async ({ lease, django }) => {
    const schema = await world.terminal.step('compare with the code', () =>
      schemaOf(django, back.name, true),
    );
    lease.check();
    await world.terminal.step('swap', () => databases.swap(kept, back.name));
    await afterwards(site, django, schema, () =>
      world.terminal.print(`${environment.name} has ${back.name} again: ${inShort(rows)}\nkept: ${kept}`),
    );
  });
}

function find(name: string | undefined, kept: readonly Database[], environment: string): Database {
  const found = kept.find((one) => one.name === name);
  if (found) return found;
  throw new RefusedError(
    name ? `no database "${name}" is kept` : 'nothing is kept: no restore has replaced a database',
    kept.length > 0
      ? `There are: ${kept.map((one) => one.name).join(', ')}`
      : `See npx coped backup ${environment} list`,
  );
}
