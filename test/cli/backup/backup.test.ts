import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, type FakeWorld, fakeWorld } from '../fake-world';
import { claim, cronJob, pods } from './fake-claim';

const NAME = 'coped-20260101T023000Z.dump';
const OLD = 'coped-20251231T023000Z.dump';
const files = { [OLD]: 'old data', [NAME]: 'data' };
const created = ({ calls }: FakeWorld) =>
  calls.flatMap(({ line, options }) =>
    line === 'create --filename=-' ? [JSON.parse(String(options.input))] : [],
  );

describe('backup now', () => {
  const job =
    (log: string, end: string): Answer =>
    ({ line, options }) => {
      if (line.startsWith('get --output=json jobs --selector')) return { items: [] };
      if (line.includes('pod backup-x')) return { status: { phase: 'Succeeded' } };
      if (line.startsWith('get --output=json pods --selector'))
        return { items: [{ metadata: { name: 'backup-x' }, status: { phase: 'Running' } }] };
      if (/^get .* job backup-/.test(line))
        return { kind: 'Job', metadata: {}, status: { conditions: [{ type: end, status: 'True' }] } };
      if (!line.startsWith('logs backup-x --follow')) return undefined;
      options.output?.write(log);
      return '';
    };

  test('runs a Job like the nightly one, once, shows its log, and prints the name of the dump', async () => {
    const world = fakeWorld(cronJob, pods, job(`wrote /backup/${NAME}, 4.0K\n`, 'Complete'));
    expect(await world.coped('backup', 'staging')).toBe(0);
    expect(world.output()).toBe(`${NAME}\n`);
    expect(world.errors()).toContain(`wrote /backup/${NAME}`);
    expect(created(world)).toMatchObject([
      {
        kind: 'Job',
        metadata: { name: 'backup-20260102-030405', ownerReferences: [{ name: 'backup', uid: 'u-1' }] },
        spec: {
          backoffLimit: 0,
          template: { spec: { containers: [{ command: ['sh', '/script/backup.sh'] }] } },
        },
      },
    ]);
  });

  test.each([
    ['a full claim', 'pg_dump: error: could not write: No space left on device\n', /claim "backup" is full/],
    ['anything else', 'pg_dump: error: no such role\n', /is above/],
  ])('fails with the next step at %s', async (_, log, next) => {
    const world = fakeWorld(cronJob, pods, job(log, 'Failed'));
    expect(await world.coped('backup', 'staging', 'now')).toBe(1);
    expect(world.output()).toBe('');
    expect(world.errors()).toMatch(/older dumps are as they were/);
    expect(world.errors()).toMatch(next);
  });

  test('fails when the log does not name a dump', async () => {
    const world = fakeWorld(cronJob, pods, job('fine\n', 'Complete'));
    expect(await world.coped('backup', 'staging', 'now')).toBe(1);
    expect(world.errors()).toContain('does not name a dump');
  });

  test('refuses while another is running', async () => {
    const running: Answer = ({ line }) =>
      line.startsWith('get --output=json jobs')
        ? { items: [{ metadata: { name: 'backup-9' }, status: { active: 1 } }] }
        : undefined;
    const world = fakeWorld(running, cronJob);
    expect(await world.coped('backup', 'staging', 'now')).toBe(2);
    expect(world.errors()).toMatch(/already running: Job backup-9[\s\S]*logs --follow job\/backup-9/);
  });
});

describe('backup list', () => {
  test('shows name, size, time and age, newest first, and removes its pod', async () => {
    const world = fakeWorld(cronJob, pods, claim(files));
    expect(await world.coped('backup', 'staging', 'list')).toBe(0);
    expect(world.output()).toBe(
      [
        'DUMP                          SIZE   TAKEN                     AGE',
        `${NAME}   4 B    2026-01-01 02:30:00 UTC   24 h ago`,
        `${OLD}   8 B    2025-12-31 02:30:00 UTC   2 d ago`,
        '',
      ].join('\n'),
    );
    expect(world.errors()).toContain('1.0 GiB are free');
    expect(world.calls.at(-1)?.line).toMatch(/^delete pod dumps-/);
  });

  test('its pod sees the claim, read-only, and nothing else', async () => {
    const world = fakeWorld(cronJob, pods, claim(files));
    await world.coped('backup', 'staging', 'list');
    const [pod] = created(world);
    expect(pod.spec.volumes.map(({ name }: { name: string }) => name)).toEqual(['backup']);
    expect(pod.spec.containers[0].volumeMounts).toEqual([
      { name: 'backup', mountPath: '/backup', readOnly: true },
    ]);
    // No line in the table of flows names such a component.
    expect(pod.metadata.labels['app.kubernetes.io/component']).toBe('dumps');
    expect(pod.spec.activeDeadlineSeconds).toBeGreaterThan(0);
  });

  test('as JSON, for programs', async () => {
    const world = fakeWorld(cronJob, pods, claim({ [NAME]: 'data' }));
    await world.coped('backup', 'staging', 'list', '--json');
    expect(JSON.parse(world.output())).toEqual([{ name: NAME, bytes: 4, taken: '2026-01-01T02:30:00.000Z' }]);
  });

  test('without dumps: a remark, and nothing on standard output', async () => {
    const world = fakeWorld(cronJob, pods, claim({}));
    expect(await world.coped('backup', 'staging', 'list')).toBe(0);
    expect(world.output()).toBe('');
    expect(world.errors()).toContain('no dump yet');
  });
});

describe('backup fetch', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'coped-fetch-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const fetch = (world: FakeWorld, to = join(folder, 'x.dump'), name = NAME) =>
    world.coped('backup', 'staging', 'fetch', name, '--to', to);

  test('copies a dump into a file that only its owner may read', async () => {
    const world = fakeWorld(cronJob, pods, claim(files));
    expect(await fetch(world)).toBe(0);
    expect(readFileSync(join(folder, 'x.dump'), 'utf8')).toBe('data');
    expect(statSync(join(folder, 'x.dump')).mode & 0o077).toBe(0);
    expect(readdirSync(folder)).toEqual(['x.dump']);
  });

  test('to standard output', async () => {
    const world = fakeWorld(cronJob, pods, claim(files));
    expect(await fetch(world, '-')).toBe(0);
    expect(world.output()).toBe('data');
  });

  test('never overwrites, also a file that came meanwhile', async () => {
    const path = join(folder, 'x.dump');
    const late: Answer = ({ line }) => {
      if (line.includes('sha256sum')) writeFileSync(path, 'mine');
      return undefined;
    };
    expect(await fetch(fakeWorld(cronJob, pods, late, claim(files)))).toBe(2);
    expect(readFileSync(path, 'utf8')).toBe('mine');
    const world = fakeWorld(cronJob, pods, claim(files));
    expect(await fetch(world)).toBe(2);
    expect(world.errors()).toContain('already exists');
    expect(readdirSync(folder)).toEqual(['x.dump']);
  });

  test.each<[string, Answer, RegExp]>([
    ['the checksums differ', claim(files, { [NAME]: 'other' }), /checksums differ/],
    [
      'the connection breaks',
      ({ line }) => (line.includes('-- cat') ? { code: 1, stderr: 'lost connection' } : undefined),
      /did not arrive: lost connection/,
    ],
  ])('keeps nothing when %s', async (_, broken, message) => {
    const world = fakeWorld(cronJob, pods, broken, claim(files));
    expect(await fetch(world)).toBe(1);
    expect(world.errors()).toMatch(message);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a file that cannot be written', async () => {
    const world = fakeWorld(cronJob, pods, claim(files));
    expect(await fetch(world, join(folder, 'no', 'where.dump'))).toBe(1);
    expect(world.errors()).toMatch(/cannot be written here: ENOENT/);
    expect(existsSync(join(folder, 'no'))).toBe(false);
  });

  test.each(['nope.dump', '../etc.dump', '--x.dump'])('refuses what is no dump: %s', async (name) => {
    const world = fakeWorld(cronJob, pods, claim(files));
    expect(await world.coped('backup', 'staging', 'fetch', '--', name)).toBe(2);
  });
});

test.each([
  [['development'], /its data is temporary/],
  [['staging', 'fetch'], /requires the name of a dump/],
  [['staging', 'list', 'x.dump'], /only be used with fetch/],
  [['staging', 'now', '--to', 'x'], /only be used with fetch/],
  [['staging', 'now', '--json'], /only be used with list/],
  [['staging', 'lost'], /now, list, fetch/],
])('refuses backup %j', async (words, message) => {
  const world = fakeWorld();
  expect(await world.coped('backup', ...words)).toBe(2);
  expect(world.errors()).toMatch(message);
});

test('says how to get a CronJob where there is none', async () => {
  const world = fakeWorld(({ line }) => (line.includes('cronjob') ? '' : undefined));
  expect(await world.coped('backup', 'staging')).toBe(1);
  expect(world.errors()).toContain('npx coped deploy staging');
});
