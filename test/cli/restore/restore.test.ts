import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../backup/fake-claim';
import { type Answer, type FakeWorld, fakeWorld } from '../fake-world';
import { typing } from '../typing';
import { FakePostgres } from './fake-postgres';

const OLD = { 'public.project': 3 };
const DUMPED = { 'public.project': 5, 'public.user': 2 };
const KEPT = 'coped_before_20260102t030405';
const EARLIER = 'coped_before_20260101t000000';
const UNFINISHED = 'coped_restoring_20260101t000000';
const YES = ['--yes', '--context', 'coped-staging'];

let postgres: FakePostgres;
let folder: string;
beforeEach(() => {
  postgres = new FakePostgres(OLD);
  postgres.dumps['a.dump'] = DUMPED;
  folder = mkdtempSync(join(tmpdir(), 'coped-restore-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const inFolder = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const worldOf = (...first: readonly Answer[]) => fakeWorld(...first, postgres.answer);
const restore = (world: FakeWorld, ...words: string[]) => world.coped('restore', 'staging', ...words);
const from = (world: FakeWorld, ...words: string[]) => restore(world, '--from', 'a.dump', ...YES, ...words);
/** The live database is the very one that it was, and there is no other. */
const untouched = () => {
  expect([...postgres.databases.keys()]).toEqual(['coped']);
  expect(postgres.databases.get('coped')?.rows).toBe(OLD);
};
/** A restore that fails with this exit code and message, and changes nothing. */
async function fails(world: FakeWorld, words: readonly string[], code: number, message: RegExp) {
  expect(await restore(world, ...words)).toBe(code);
  expect(world.errors()).toMatch(message);
  expect(world.output()).toBe('');
  untouched();
  expect([...postgres.pods]).toEqual([]);
}

test('fills a database beside the live one, gives rights, swaps, keeps the old one, builds the index', async () => {
  const world = worldOf();
  expect(await from(world)).toBe(0);
  expect(postgres.databases.get('coped')).toEqual({
    rows: DUMPED,
    about: 'restored from a.dump of staging',
    rights: true,
  });
  expect(postgres.databases.get(KEPT)?.rows).toBe(OLD);
  expect(postgres.indexed).toBe(5);
  expect(world.output()).toContain('staging has a.dump of staging: 2 tables, 7 rows');
  expect(world.output()).toContain(`kept: ${KEPT}`);
  expect(world.errors()).toContain('All 5 projects can be found');
  expect([...postgres.pods]).toEqual([]);
});

test('no password is in any argument, and the pod has only those of the superuser and the owner', async () => {
  const world = worldOf();
  await from(world);
  const [pod] = world.calls.flatMap(({ line, options }) =>
    line.startsWith('create') ? [JSON.parse(String(options.input))] : [],
  );
  const secrets = pod.spec.volumes.find(({ name }: { name: string }) => name === 'secrets');
  expect(secrets.projected.sources.map(({ secret }: { secret: { name: string } }) => secret.name)).toEqual([
    'postgres-superuser',
    'postgres-owner',
  ]);
  expect(pod.spec.containers[0].volumeMounts[0]).toMatchObject({ name: 'backup', readOnly: true });
  expect(world.calls.map(({ line }) => line).join('\n')).not.toMatch(/PGPASSWORD=[^$]/);
});

test('confirms with what will be replaced, by what, and where', async () => {
  const world = typing(worldOf(), 'production\n');
  expect(await world.coped('restore', 'staging', '--from', 'a.dump')).toBe(2);
  expect(world.errors()).toContain('1 tables, 3 rows');
  expect(world.errors()).toMatch(/its database, on coped-staging, is replaced by a\.dump of staging/);
  expect(world.errors()).toContain('"production" is not "staging"');
  untouched();
});

test('without a terminal and --yes, reads nothing', async () => {
  const world = worldOf();
  await fails(world, ['--from', 'a.dump'], 2, /the confirmation needs a terminal/);
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
])('leaves everything as it was when the dump %s', async (_, broken, code, message) => {
  Object.assign(postgres, broken);
  await fails(worldOf(), ['--from', 'a.dump', ...YES], code, message);
});

test('a full disk: names the databases that earlier restores kept, and how to drop them', async () => {
  postgres.free = 1e7;
  postgres.databases.set(KEPT, { rows: OLD, about: null, rights: true });
  const world = worldOf();
  expect(await from(world)).toBe(2);
  expect(world.errors()).toContain(`npx coped restore staging --forget ${KEPT}`);
});

test.each<[string, Record<string, string[]>, string[]]>([
  ['a newer dump with --any-schema', NEWER, ['--any-schema']],
  ['migrations that the live database has, too', { ...NEWER, coped: ['projects.0009'] }, []],
])('accepts %s', async (_, unknown, words) => {
  postgres.unknown = unknown;
  expect(await from(worldOf(), ...words)).toBe(0);
});

test('an older dump: says that a migration is needed, and leaves the index to it', async () => {
  postgres.pending = ['projects.0002_funder'];
  const world = worldOf();
  expect(await from(world)).toBe(0);
  expect(world.errors()).toMatch(/older than the code[\s\S]*npx coped migrate staging/);
  expect(postgres.indexed).toBeUndefined();
});

test.each(['backup', 'migrate'])('refuses while a Job of %s uses the database', async (component) => {
  const busy: Answer = ({ line }) =>
    line.includes(`jobs --selector=app.kubernetes.io/component=${component}`)
      ? { items: [{ metadata: { name: `${component}-1` }, status: {} }] }
      : undefined;
  await fails(
    worldOf(busy),
    ['--from', 'a.dump', ...YES],
    2,
    new RegExp(`Job ${component}-1 uses the database`),
  );
});

test('removes, by name, what a restore that was cut short has left', async () => {
  postgres.databases.set(UNFINISHED, { rows: {}, about: null, rights: false });
  postgres.pods.add('restore-old');
  const world = worldOf();
  expect(await from(world)).toBe(0);
  expect(world.errors()).toContain(`removing its database ${UNFINISHED}`);
  expect(world.errors()).toContain('removing its pod restore-old');
  expect([...postgres.databases.keys()].sort()).toEqual(['coped', KEPT]);
});

describe('data of another environment', () => {
  const source = ['--from', 'production/a.dump'];

  test('is scrubbed before the swap, and does not touch this machine’s disk', async () => {
    const world = worldOf();
    const scrub = inFolder('scrub.sql', 'UPDATE auth_user SET email = NULL;');
    expect(await restore(world, ...source, '--scrub', scrub, ...YES)).toBe(0);
    expect(postgres.scrubbed).toContain('SET email');
    const lines = world.calls.map(({ line }) => line);
    const [scrubbed = 0, swapped] = ['--single-transaction', 'coped_before_'].map((word) =>
      lines.findIndex((line) => line.includes(word)),
    );
    expect(swapped).toBeGreaterThan(scrubbed);
    expect(world.errors()).toContain('production: context coped-production, namespace coped-production');
  });

  test('is only read', async () => {
    const world = worldOf();
    await restore(world, ...source, '--no-scrub', ...YES);
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

  test.each<[string, Answer, RegExp]>([
    [
      'another checksum',
      ({ line }) => (line.includes('sha256sum') ? sha256('x') : undefined),
      /checksums differ/,
    ],
    [
      'a lost connection',
      ({ line }) => (/-- cat/.test(line) ? { code: 1, stderr: 'lost connection' } : undefined),
      /did not arrive: lost connection/,
    ],
  ])('%s: leaves everything as it was', async (_, broken, message) => {
    await fails(worldOf(broken), [...source, '--no-scrub', ...YES], 1, message);
  });
});

test('a scrub that fails leaves everything as it was, and says why', async () => {
  const world = worldOf();
  const words = ['--from', 'a.dump', '--scrub', inFolder('bad.sql', 'BROKEN;'), ...YES];
  await fails(world, words, 1, /the scrub failed: psql:<stdin>:1: ERROR: {2}syntax error/);
  expect(world.errors()).not.toContain('exit code');
});

test('a file is sent, and must arrive as it was sent', async () => {
  const file = inFolder('x.dump', 'PGDMP and so on');
  await fails(worldOf(), ['--from', file, '--no-scrub', ...YES], 1, /checksums differ/);
});

describe('databases that were live', () => {
  beforeEach(() => {
    postgres.databases.set(EARLIER, { rows: DUMPED, about: 'restored from b.dump of staging', rights: true });
  });

  test('--list shows them', async () => {
    const [world, json] = [worldOf(), worldOf()];
    expect(await restore(world, '--list')).toBe(0);
    expect(world.output()).toMatch(
      new RegExp(`${EARLIER} +8\\.6 MiB +2026-01-01 00:00:00 UTC +27 h ago +restored from b`),
    );
    await restore(json, '--list', '--json');
    expect(JSON.parse(json.output())).toEqual([
      {
        name: EARLIER,
        bytes: 9e6,
        replaced: '2026-01-01T00:00:00.000Z',
        about: 'restored from b.dump of staging',
      },
    ]);
  });

  test('--undo makes one live again, and keeps what was live', async () => {
    expect(await restore(worldOf(), '--undo', ...YES)).toBe(0);
    expect(postgres.databases.get('coped')?.rows).toBe(DUMPED);
    expect(postgres.databases.get(KEPT)?.rows).toBe(OLD);
    expect(postgres.databases.has(EARLIER)).toBe(false);
    expect(postgres.indexed).toBe(5);
  });

  test('--forget drops one, and never the live one', async () => {
    expect(await restore(worldOf(), '--forget', EARLIER)).toBe(2);
    expect(postgres.databases.has(EARLIER)).toBe(true);
    expect(await restore(worldOf(), '--forget', 'coped', ...YES)).toBe(2);
    expect(await restore(worldOf(), '--forget', EARLIER, ...YES)).toBe(0);
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
  const world = worldOf();
  expect(await world.coped('restore', ...words.replace('FOLDER', folder).split(' '))).toBe(2);
  expect(world.errors()).toMatch(message);
  untouched();
});
