import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { run } from '../../../cli/main';
import { Terminal } from '../../../cli/terminal';
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
const from = (world: FakeWorld, ...words: string[]) => restore(world, '--from', 'a.dump', ...YES, ...words);
/** The live database is the very one that it was, and there is no other. */
const untouched = () => {
  expect([...postgres.databases.keys()]).toEqual(['coped']);
  expect(postgres.databases.get('coped')?.rows).toBe(OLD);
};

describe('restore --from', () => {
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

  test('says before it asks what will be replaced, by what, and where', async () => {
    const world = worldOf();
    const [input, output, errors] = [0, 1, 2].map(() => Object.assign(new PassThrough(), { isTTY: true }));
    const streams = { input, output, errors } as ConstructorParameters<typeof Terminal>[0];
    (input as PassThrough).write('production\n');
    const terminal = new Terminal(streams, false);
    expect(await run(['restore', 'staging', '--from', 'a.dump'], { ...world, terminal })).toBe(2);
    const said = String((errors as PassThrough).read());
    expect(said).toContain('1 tables, 3 rows');
    expect(said).toMatch(/its database, on coped-staging, is replaced by a\.dump of staging/);
    expect(said).toContain('"production" is not "staging"');
    untouched();
  });

  test('asks nobody who is not there, and looks at nothing', async () => {
    const world = worldOf();
    expect(await restore(world, '--from', 'a.dump')).toBe(2);
    expect(world.errors()).toContain('the confirmation needs a terminal');
    expect(world.calls.filter(({ line }) => !/^(config|get namespace) /.test(line))).toEqual([]);
  });

  test('does not say yes to a cluster that nobody has named', async () => {
    const world = worldOf();
    expect(await restore(world, '--from', 'a.dump', '--yes')).toBe(2);
    untouched();
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

  test.each<[string, () => void, number, RegExp]>([
    ['is not there', () => delete postgres.dumps['a.dump'], 2, /there is no dump "a\.dump"/],
    [
      'is broken',
      () => {
        postgres.dumps['a.dump'] = undefined;
      },
      1,
      /cannot be restored: pg_restore: error: could not read/,
    ],
    [
      'is empty',
      () => {
        postgres.dumps['a.dump'] = {};
      },
      1,
      /holds no table/,
    ],
    [
      'loses rows on its way',
      () => {
        postgres.lost = 1;
      },
      1,
      /public\.project: 4 rows instead of 5/,
    ],
    [
      'is newer than the code',
      () => {
        postgres.unknown['coped_restoring_'] = ['projects.0009'];
      },
      1,
      /newer than the code.*projects\.0009/,
    ],
    [
      'does not fit on the disk',
      () => {
        postgres.free = 1e7;
      },
      2,
      /has 9\.5 MiB left.*may take 1\.0 GiB\n.*grow-a-volume/,
    ],
  ])('leaves everything as it was when the dump %s', async (_, broken, code, message) => {
    broken();
    const world = worldOf();
    expect(await from(world)).toBe(code);
    expect(world.errors()).toMatch(message);
    expect(world.output()).toBe('');
    untouched();
    expect([...postgres.pods]).toEqual([]);
  });

  test('a full disk: names what earlier restores have kept, and how to drop it', async () => {
    postgres.free = 1e7;
    postgres.databases.set(KEPT, { rows: OLD, about: null, rights: true });
    const world = worldOf();
    expect(await from(world)).toBe(2);
    expect(world.errors()).toContain(`npx coped restore staging --forget ${KEPT}`);
  });

  test('takes a newer dump all the same if it is told to', async () => {
    postgres.unknown['coped_restoring_'] = ['projects.0009'];
    expect(await from(worldOf(), '--any-schema')).toBe(0);
  });

  test('migrations that the live database has and the code has forgotten make no newer dump', async () => {
    postgres.unknown['coped_restoring_'] = ['projects.0001_old'];
    postgres.unknown['coped'] = ['projects.0001_old'];
    expect(await from(worldOf())).toBe(0);
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
    const world = worldOf(busy);
    expect(await from(world)).toBe(2);
    expect(world.errors()).toContain(`Job ${component}-1 uses the database right now`);
    untouched();
  });

  test('removes, by name, what a restore has left that was cut short', async () => {
    postgres.databases.set('coped_restoring_20260101t000000', { rows: {}, about: null, rights: false });
    postgres.pods.add('restore-old');
    const world = worldOf();
    expect(await from(world)).toBe(0);
    expect(world.errors()).toContain('removing its database coped_restoring_20260101t000000');
    expect(world.errors()).toContain('removing its pod restore-old');
    expect([...postgres.databases.keys()].sort()).toEqual(['coped', KEPT]);
  });
});
