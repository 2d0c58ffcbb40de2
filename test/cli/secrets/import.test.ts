import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PassThrough } from 'node:stream';
import { dotenv } from '../../../cli/secrets/dotenv';
import { fakeWorld } from '../fake-world';
import { FakeCluster, goodValue } from './fake-cluster';

describe('a .env file', () => {
  test.each([
    ['KEY=value', 'value'],
    ['export KEY=value', 'value'],
    ['  KEY = value  ', 'value'],
    ['KEY="a b#c" # why', 'a b#c'],
    ["KEY='a \\n $b'", 'a \\n $b'],
    ['KEY="a\\"b\\n"', 'a"b\n'],
    ['KEY=pass#word', 'pass#word'],
    ['KEY=value # why', 'value'],
    ['KEY=', ''],
    ['KEY=a=b==', 'a=b=='],
    ['\uFEFFKEY=value', 'value'],
    ['KEY=first\nKEY=second', 'second'],
  ])('%j', (text, value) => {
    expect(dotenv(text)).toEqual({ variables: new Map([['KEY', value]]), unread: [] });
  });

  test('comments, empty lines, and lines that are none', () => {
    expect(dotenv('# KEY=a\r\n\r\nnonsense\r\nA=b\r\n')).toEqual({
      variables: new Map([['A', 'b']]),
      unread: [3],
    });
  });
});

describe('import', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'coped-import-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function imported(cluster: FakeCluster, text: string, file = join(folder, '.env')) {
    const world = fakeWorld(cluster.answer);
    if (file === '-') (world.terminal.streams.input as unknown as PassThrough).end(text);
    else writeFileSync(file, text);
    return { code: await world.coped('secrets', 'production', 'import', file), world };
  }
  const FILE = `SECRET_KEY='${goodValue(1)}'
SQL_PASSWORD=${goodValue(2)}
export ELASTIC_PASSWORD="${goodValue(3)}"
POSTGRES_OWNER_PASSWORD=${goodValue(4)}
SQL_HOST=db # not a secret
DEBUG=0
`;

  test.each(['file', '-'])('takes over what the Compose version had, by its old names (%s)', async (from) => {
    const cluster = new FakeCluster();
    cluster.founded = false;
    const { code, world } = await imported(cluster, FILE, from === '-' ? '-' : undefined);
    expect(code).toBe(0);
    expect(cluster.value('django', 'secret-key')).toBe(goodValue(1));
    expect(cluster.value('postgres-application', 'password')).toBe(goodValue(2));
    expect(cluster.value('elasticsearch-application', 'password')).toBe(goodValue(3));
    expect(cluster.value('postgres-owner', 'password')).toBe(goodValue(4));
    expect(world.errors()).toContain('left alone: SQL_HOST, DEBUG');
    const shown = [world.output(), world.errors(), ...world.calls.map(({ args }) => args.join(' '))].join();
    for (const i of [1, 2, 3, 4]) expect(shown).not.toContain(goodValue(i));
  });

  test('overwrites nothing', async () => {
    const cluster = FakeCluster.complete();
    const before = structuredClone(cluster.secrets);
    const { code, world } = await imported(cluster, FILE);
    expect(code).toBe(0);
    expect(world.output()).toContain('kept  postgres-application/password');
    expect(cluster.secrets).toEqual(before);
  });

  test('refuses weak ones by name, and a value that two have; takes the others', async () => {
    const cluster = new FakeCluster();
    const text = `SECRET_KEY=change-me\nPOSTGRES_PASSWORD=${goodValue(2)}\nSQL_PASSWORD=${goodValue(2)}\n`;
    const { code, world } = await imported(cluster, text);
    expect(code).toBe(1);
    expect(world.errors()).toContain('refused  django/secret-key: SECRET_KEY is shorter than 50 characters');
    expect(world.errors()).toContain(
      'refused  postgres-application/password: SQL_PASSWORD is the same as POSTGRES_PASSWORD',
    );
    expect(world.errors()).toContain('2 of 3 were not taken');
    expect([...cluster.secrets.keys()]).toEqual(['postgres-superuser']);
    expect(world.errors()).not.toContain('change-me');
  });

  test('a file without any, and no file', async () => {
    const { code, world } = await imported(new FakeCluster(), 'DEBUG=1\n');
    expect(code).toBe(2);
    expect(world.errors()).toContain('there is no secret of COPED in it');
    const absent = fakeWorld(new FakeCluster().answer);
    expect(await absent.coped('secrets', 'production', 'import', join(folder, 'none'))).toBe(2);
    expect(absent.errors()).toContain('cannot be read: ENOENT');
  });
});

test.each([
  [
    'closed',
    `TLS_KEY="-----BEGIN KEY-----\nMIIEvQIBADANBg\nq83vASNFZ4k=\n-----END KEY-----"\nSECRET_KEY='${goodValue(1)}' # mine`,
    0,
  ],
  [
    'open to the end',
    `SECRET_KEY=${goodValue(1)}\nTLS_KEY="-----BEGIN KEY-----\nMIIEvQIBADANBg\nq83vASNFZ4k=\n`,
    0,
  ],
])('a value of several lines, %s, is one value, and no line of it is taken for a name', async (_, text, expected) => {
  const cluster = new FakeCluster();
  const world = fakeWorld(cluster.answer);
  (world.terminal.streams.input as unknown as PassThrough).end(text);
  expect(await world.coped('secrets', 'production', 'import', '-')).toBe(expected);
  expect(world.output() + world.errors()).not.toContain('q83vASNFZ4k');
  expect(cluster.value('django', 'secret-key')).toBe(goodValue(1));
});
