import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../backup/fake-claim';
import { FakePostgres } from '../backup/fake-postgres';
import { type Answer, type FakeWorld, fakeWorld } from '../fake-world';

const OLD = { 'public.project': 3 };
const DUMPED = { 'public.project': 5, 'public.user': 2 };
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
const inFolder = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
/** The live database is the very one that it was, and there is no other. */
const untouched = () => {
  expect([...postgres.databases.keys()]).toEqual(['coped']);
  expect(postgres.databases.get('coped')?.rows).toBe(OLD);
};

describe('restore --from, somebody else’s data', () => {
  const scrub = () => inFolder('scrub.sql', 'UPDATE auth_user SET email = NULL;');
  const dump = () => inFolder('x.dump', 'PGDMP and so on');
  const other: Answer = ({ line, options }) => {
    if (/^exec dumps-\S+ -- cat \/backup\/a\.dump$/.test(line)) {
      options.output?.write('dump');
      return '';
    }
    return /^exec dumps-\S+ -- sha256sum/.test(line) ? `${sha256('dump')}  x\n` : undefined;
  };

  test('is scrubbed before anybody sees it, and comes past this machine’s disk', async () => {
    const world = worldOf(other);
    expect(await restore(world, '--from', 'production/a.dump', '--scrub', scrub(), ...YES)).toBe(0);
    expect(postgres.scrubbed).toContain('SET email');
    const lines = world.calls.map(({ line }) => line);
    const [scrubbed, swapped] = ['--single-transaction', 'coped_before_'].map((word) =>
      lines.findIndex((line) => line.includes(word)),
    );
    expect(scrubbed).toBeLessThan(swapped as number);
    expect(world.errors()).toContain('production: context coped-production, namespace coped-production');
  });

  test('nothing but reading happens at its source', async () => {
    const world = worldOf(other);
    await restore(world, '--from', 'production/a.dump', '--no-scrub', ...YES);
    const there = world.calls.filter(({ args }) => args.includes('--context=coped-production'));
    const verbs = new Set(
      there.map(({ line }) =>
        line
          .replace(/dumps-\w+/, 'POD')
          .split(' ')
          .slice(0, 2)
          .join(' '),
      ),
    );
    expect([...verbs].sort()).toEqual([
      'create --filename=-',
      'delete pod',
      'exec POD',
      'get --ignore-not-found',
      'get --output=json',
      'get namespace',
    ]);
  });

  test.each([
    ['production/a.dump', /The data is production's/],
    ['FILE', /Nobody can tell whose data/],
  ])('%s: refuses if nobody says whether it is to be scrubbed', async (source, message) => {
    const world = worldOf();
    expect(await restore(world, '--from', source === 'FILE' ? dump() : source, ...YES)).toBe(2);
    expect(world.errors()).toMatch(message);
    expect(world.errors()).toMatch(/--scrub FILE\.sql .*--no-scrub/);
    expect(world.calls).toEqual([]);
  });

  test('a scrub that fails leaves everything as it was, and says why', async () => {
    const world = worldOf();
    expect(await from(world, '--scrub', inFolder('bad.sql', 'BROKEN;'))).toBe(1);
    expect(world.errors()).toMatch(/the scrub failed: psql:<stdin>:1: ERROR: {2}syntax error/);
    expect(world.errors()).not.toContain('exit code');
    untouched();
  });

  test.each<[string, Answer, RegExp]>([
    [
      'another checksum',
      ({ line }) => (line.includes('sha256sum') ? `${sha256('x')}  x\n` : undefined),
      /checksums differ/,
    ],
    [
      'a lost connection',
      ({ line }) => (/-- cat/.test(line) ? { code: 1, stderr: 'lost connection' } : undefined),
      /did not arrive: lost connection/,
    ],
  ])('%s: leaves everything as it was', async (_, broken, message) => {
    const world = worldOf(broken, other);
    expect(await restore(world, '--from', 'production/a.dump', '--no-scrub', ...YES)).toBe(1);
    expect(world.errors()).toMatch(message);
    untouched();
  });

  test('a file is sent; what arrives must be what was sent', async () => {
    const world = worldOf();
    expect(await restore(world, '--from', dump(), '--no-scrub', ...YES)).toBe(1);
    expect(world.errors()).toContain('checksums differ');
    untouched();
  });

  test.each([
    ['text.dump', 'SELECT 1', /is not a dump in PostgreSQL's custom format/],
    ['missing.dump', undefined, /cannot be read: ENOENT/],
  ])('refuses %s', async (name, text, message) => {
    if (text) inFolder(name, text);
    const world = worldOf();
    expect(await restore(world, '--from', join(folder, name), '--no-scrub', ...YES)).toBe(2);
    expect(world.errors()).toMatch(message);
    expect(world.calls).toEqual([]);
  });
});
