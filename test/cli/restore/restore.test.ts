import { writeFileSync } from 'node:fs';
import { ends } from '../ends';
import type { FakeWorld } from '../fake-world';
import { temporaryFolder } from '../temporary';
import { FakePostgres } from './fake-postgres';

const OLD = { 'public.project': 3 };
const DUMPED = { 'public.project': 5, 'public.user': 2 };
const KEPT = 'coped_before_20260102t030405';
const EARLIER = 'coped_before_20260101t000000';
const UNFINISHED = 'coped_restoring_20260101t000000';

let postgres: FakePostgres;
beforeEach(() => {
  postgres = new FakePostgres(OLD);
  postgres.dumps['a.dump'] = DUMPED;
});

const folder = temporaryFolder();
const inFolder = (name: string, text: string): string => {
  writeFileSync(folder(name), text);
  return folder(name);
};
/** Words of a restore that needs no confirmation. */
const restore = (words: string) => `restore staging ${words} --yes --context coped-staging`;
const FROM = restore('--from a.dump');
/** The live database is the very one that it was, and there is no other. */
const untouched = () => {
  expect([...postgres.databases.keys()]).toEqual(['coped']);
  expect(postgres.databases.get('coped')?.rows).toBe(OLD);
};
/** A restore that fails with this exit code and message, and changes nothing. */
async function fails(words: string, code: number, message: RegExp | string): Promise<FakeWorld> {
  const world = postgres.world();
  await ends(world, words, code, message);
  expect(world.output()).toBe('');
  untouched();
  expect(postgres.pods).toEqual([]);
  return world;
}

test('fills a database beside the live one, gives rights, swaps, keeps the old one, builds the index', async () => {
  const world = postgres.world();
  await ends(world, FROM, 0, 'All 5 projects can be found');
  expect(postgres.databases.get('coped')).toEqual({
    rows: DUMPED,
    about: 'restored from a.dump of staging',
    rights: true,
  });
  expect(postgres.databases.get(KEPT)?.rows).toBe(OLD);
  expect(postgres.indexed).toBe(5);
  expect(world.output()).toMatchSnapshot();
  expect(postgres.pods).toEqual([]);
});

test('no password is in any argument, and the pod has only those of the superuser and the owner', async () => {
  const world = postgres.world();
  await ends(world, FROM, 0);
  const [pod] = world.calls.flatMap(({ line, options }) =>
    line.startsWith('create') ? [JSON.parse(String(options.input))] : [],
  );
  const secrets = pod.spec.volumes.find(({ name }: { name: string }) => name === 'secrets');
  expect(secrets.projected.sources.map(({ secret }: { secret: { name: string } }) => secret.name)).toEqual([
    'postgres-superuser',
    'postgres-owner',
  ]);
  expect(pod.spec.containers[0].volumeMounts).toContainEqual({
    name: 'backup',
    mountPath: '/backup',
    readOnly: true,
  });
  expect(world.calls.map(({ line }) => line).join('\n')).not.toMatch(/PGPASSWORD=[^$]/);
});

test('confirms with what will be replaced, by what, and where', async () => {
  const world = postgres.world().atTerminal('production\n');
  await ends(world, 'restore staging --from a.dump', 2, '"production" is not "staging"');
  expect(world.errors()).toContain('1 tables, 3 rows');
  expect(world.errors()).toMatch(/its database, on coped-staging, is replaced by a\.dump of staging/);
  untouched();
});

test('without a terminal and --yes, reads nothing', async () => {
  const world = await fails('restore staging --from a.dump', 2, /the confirmation needs a terminal/);
  expect(world.calls.filter(({ line }) => !/^(config|get namespace) /.test(line))).toEqual([]);
});

const NEWER = { coped_restoring_: ['projects.0009'] };

test.each<[string, Partial<FakePostgres>, number, RegExp]>([
  ['is not there', { dumps: {} }, 2, /there is no dump "a\.dump"/],
  [
    'is broken',
    { dumps: { 'a.dump': undefined } },
    1,
    /cannot be restored: pg_restore: error: could not read/,
  ],
  ['is empty', { dumps: { 'a.dump': {} } }, 1, /holds no table/],
  ['loses rows on its way', { lost: 1 }, 1, /public\.project: 4 rows instead of 5/],
  ['is newer than the code', { unknown: NEWER }, 1, /newer than the code.*projects\.0009/],
  ['does not fit on the disk', { free: 1e7 }, 2, /has 9\.5 MiB free.*may take 1\.0 GiB\n.*grow-a-volume/],
])('changes nothing when the dump %s', async (_, broken, code, message) => {
  Object.assign(postgres, broken);
  await fails(FROM, code, message);
});

test('a full disk: names the databases that earlier restores kept, and how to drop them', async () => {
  postgres.free = 1e7;
  postgres.databases.set(KEPT, { rows: OLD, about: null, rights: true });
  await ends(postgres.world(), FROM, 2, `npx coped restore staging --forget ${KEPT}`);
});

test.each<[string, Record<string, string[]>, string]>([
  ['a newer dump with --any-schema', NEWER, '--any-schema'],
  ['migrations that the live database has, too', { ...NEWER, coped: ['projects.0009'] }, '--no-scrub'],
])('accepts %s', async (_, unknown, option) => {
  postgres.unknown = unknown;
  await ends(postgres.world(), `${FROM} ${option}`, 0);
});

test('an older dump: says that a migration is needed, and leaves the index to it', async () => {
  postgres.pending = ['projects.0002_funder'];
  await ends(postgres.world(), FROM, 0, /older than the code[\s\S]*npx coped migrate staging/);
  expect(postgres.indexed).toBeUndefined();
});

test.each(['backup', 'migrate'])('refuses while a Job of %s uses the database', async (component) => {
  const labels = { 'app.kubernetes.io/component': component };
  postgres.cluster.add({ kind: 'Job', metadata: { name: 'x-1', labels }, status: {} });
  await fails(FROM, 2, 'Job x-1 uses the database');
});

test('removes, by name, what a restore that was cut short has left', async () => {
  postgres.databases.set(UNFINISHED, { rows: {}, about: null, rights: false });
  postgres.cluster.add({ kind: 'Pod', metadata: { name: 'restore-old' } });
  const world = postgres.world();
  await ends(world, FROM, 0, `removing its database ${UNFINISHED}`);
  expect(world.errors()).toContain('removing its pod restore-old');
  expect([...postgres.databases.keys()].sort()).toEqual(['coped', KEPT]);
  expect(postgres.pods).toEqual([]);
});

describe('data of another environment', () => {
  const words = restore('--from production/a.dump --no-scrub');

  test('is scrubbed before the swap, and does not touch this machine’s disk', async () => {
    const world = postgres.world();
    const scrub = inFolder('scrub.sql', 'UPDATE auth_user SET email = NULL;');
    const message = 'production: context coped-production, namespace coped-production';
    await ends(world, restore(`--from production/a.dump --scrub ${scrub}`), 0, message);
    expect(postgres.scrubbed).toContain('SET email');
    const lines = world.calls.map(({ line }) => line);
    const [scrubbed = 0, swapped] = ['--single-transaction', 'coped_before_'].map((word) =>
      lines.findIndex((line) => line.includes(word)),
    );
    expect(swapped).toBeGreaterThan(scrubbed);
  });

  test('is only read', async () => {
    const world = postgres.world();
    await ends(world, words, 0);
    const there = world.calls.filter(({ args }) => args.includes('--context=coped-production'));
    const verbs = there.map(({ line }) => /^\S+ \S+/.exec(line.replace(/dumps-\w+/, 'POD'))?.[0]);
    expect([...new Set(verbs)].sort()).toEqual([
      'create --filename=-',
      'delete pod',
      'exec POD',
      'get --ignore-not-found',
      'get --output=json',
      'get namespace',
    ]);
  });

  test.each([
    ['another checksum', /sha256sum/, 'another  x\n', /checksums differ/],
    [
      'a lost connection',
      /-- cat/,
      { code: 1, stderr: 'lost connection' },
      /did not arrive: lost connection/,
    ],
  ])('%s: changes nothing', async (_, call, answer, message) => {
    postgres.cluster.when(call, answer);
    await fails(words, 1, message);
  });
});

test('a scrub that fails changes nothing, and says why', async () => {
  const words = restore(`--from a.dump --scrub ${inFolder('bad.sql', 'BROKEN;')}`);
  const world = await fails(words, 1, /the scrub failed: psql:<stdin>:1: ERROR: {2}syntax error/);
  expect(world.errors()).not.toContain('exit code');
});

test('a file is sent, and must arrive as it was sent', () =>
  fails(restore(`--from ${inFolder('x.dump', 'PGDMP and so on')} --no-scrub`), 1, /checksums differ/));

describe('databases that were live', () => {
  beforeEach(() => {
    postgres.databases.set(EARLIER, { rows: DUMPED, about: 'restored from b.dump of staging', rights: true });
  });

  test.each(['--list', '--list --json'])('%s shows them', async (list) => {
    const world = postgres.world();
    await ends(world, `restore staging ${list}`, 0);
    expect(world.output()).toMatchSnapshot();
  });

  test('--undo makes one live again, and keeps what was live', async () => {
    await ends(postgres.world(), restore('--undo'), 0);
    expect(postgres.databases.get('coped')?.rows).toBe(DUMPED);
    expect(postgres.databases.get(KEPT)?.rows).toBe(OLD);
    expect(postgres.databases.has(EARLIER)).toBe(false);
    expect(postgres.indexed).toBe(5);
  });

  test('--forget drops one, and never the live one', async () => {
    await ends(postgres.world(), `restore staging --forget ${EARLIER}`, 2, 'needs a terminal');
    expect(postgres.databases.has(EARLIER)).toBe(true);
    await ends(postgres.world(), restore('--forget coped'), 2, 'no database "coped" is kept');
    await ends(postgres.world(), restore(`--forget ${EARLIER}`), 0);
    untouched();
  });
});

test.each([
  ['staging', /nothing to restore/],
  ['staging --from a.dump --undo', /--from and --undo cannot be combined/],
  ['staging --from x/a.dump', /neither a dump's name/],
  ['staging --from staging/a/b.dump', /neither a dump's name/],
  ['staging --from a.dump --scrub /no/such.sql', /cannot be read/],
  ['staging --from production/a.dump', /The data of production .*required\n.*--scrub FILE\.sql .*--no-scrub/],
  ['staging --from FOLDER/x.dump', /unknown whose data .*required\n.*--scrub FILE\.sql .*--no-scrub/],
  ['staging --from FOLDER/x.dump --no-scrub', /is not a dump in PostgreSQL's custom format/],
  ['staging --from FOLDER/missing.dump --no-scrub', /cannot be read: ENOENT/],
  ['staging --undo --yes --context coped-staging', /nothing is kept/],
  ['development --from a.dump', /its data is temporary/],
  [
    'staging --from development/a.dump --no-scrub --yes --context coped-staging',
    /development is not a hosted environment: it has no backups/,
  ],
  ['production --from a.dump --context kind-coped', /is not a context of production/],
])('refuses restore %s', async (words, message) => {
  inFolder('x.dump', 'SELECT 1');
  await fails(`restore ${words.replace('FOLDER', folder())}`, 2, message);
});
