import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakePostgres } from '../backup/fake-postgres';
import { type Answer, type FakeWorld, fakeWorld } from '../fake-world';

const OLD = { 'public.project': 3 };
const DUMPED = { 'public.project': 5, 'public.user': 2 };
const KEPT = 'coped_before_20260102t030405';
const YES = ['--yes', '--context', 'coped-staging'];

let postgres: FakePostgres;
let folder: string;
beforeEach(() => {
  postgres = new FakePostgres(OLD);
  postgres.dumps['a.dump'] = DUMPED;
  folder = mkdtempSync(join(tmpdir(), 'coped-restore-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const worldOf = (...first: readonly Answer[]) => fakeWorld(...first, postgres.answer);
const restore = (world: FakeWorld, ...words: string[]) => world.coped('restore', 'staging', ...words);
/** The live database is the very one that it was, and there is no other. */
const untouched = () => {
  expect([...postgres.databases.keys()]).toEqual(['coped']);
  expect(postgres.databases.get('coped')?.rows).toBe(OLD);
};

describe('what is kept', () => {
  const EARLIER = 'coped_before_20260101t000000';
  beforeEach(() => {
    postgres.databases.set(EARLIER, { rows: DUMPED, about: 'restored from b.dump of staging', rights: true });
  });

  test('--list shows it', async () => {
    const world = worldOf();
    expect(await restore(world, '--list')).toBe(0);
    expect(world.output()).toMatch(
      new RegExp(`${EARLIER} +8\\.6 MiB +2026-01-01 00:00:00 UTC +27 h ago +restored from b`),
    );
    const json = worldOf();
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

  test('--undo makes it live again, and keeps what was live', async () => {
    const world = worldOf();
    expect(await restore(world, '--undo', ...YES)).toBe(0);
    expect(postgres.databases.get('coped')?.rows).toBe(DUMPED);
    expect(postgres.databases.get(KEPT)?.rows).toBe(OLD);
    expect(postgres.databases.has(EARLIER)).toBe(false);
    expect(postgres.indexed).toBe(5);
  });

  test('--forget drops it, and never the live one', async () => {
    expect(await restore(worldOf(), '--forget', EARLIER)).toBe(2);
    expect(postgres.databases.has(EARLIER)).toBe(true);
    expect(await restore(worldOf(), '--forget', 'coped', ...YES)).toBe(2);
    expect(await restore(worldOf(), '--forget', EARLIER, ...YES)).toBe(0);
    untouched();
  });

  test('where nothing is kept there is nothing to undo', async () => {
    postgres.databases.delete(EARLIER);
    const world = worldOf();
    expect(await restore(world, '--undo', ...YES)).toBe(2);
    expect(world.errors()).toContain('nothing is kept');
  });
});

test.each([
  [['staging'], /restore what/],
  [['staging', '--from', 'a.dump', '--undo'], /--from and --undo are different things/],
  [['staging', '--from', 'x/a.dump'], /neither a dump's name/],
  [['staging', '--from', 'staging/a/b.dump'], /neither a dump's name/],
  [['staging', '--from', 'a.dump', '--scrub', '/no/such.sql'], /cannot be read/],
  [['development', '--from', 'a.dump'], /throws its data away/],
  [['staging', '--from', 'development/a.dump', '--no-scrub', ...YES], /development has no backups/],
  [['production', '--from', 'a.dump', '--context', 'kind-coped'], /is not a context of production/],
])('refuses restore %j', async (words, message) => {
  const world = worldOf();
  expect(await world.coped('restore', ...words)).toBe(2);
  expect(world.errors()).toMatch(message);
  untouched();
});
