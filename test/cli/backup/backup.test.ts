import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { ends } from '../ends';
import type { FakeCluster } from '../fake-cluster';
import { fakeWorld } from '../fake-world';
import { temporaryFolder } from '../temporary';
import { clusterWith } from './fake-claim';

const NAME = 'coped-20260101T023000Z.dump';
const OLD = 'coped-20251231T023000Z.dump';

let files: Record<string, string>;
let cluster: FakeCluster;
beforeEach(() => {
  files = { [OLD]: 'old data', [NAME]: 'data' };
  cluster = clusterWith(() => files);
});

describe('backup now', () => {
  /** What the Job writes to its log, and how it ends. */
  const job = (log: string, end = 'Complete') => {
    cluster.statusOf = ({ kind }) => (kind === 'Job' ? { conditions: [{ type: end, status: 'True' }] } : {});
    cluster
      .when(/pods --selector=batch/, { items: [{ metadata: { name: 'x' }, status: { phase: 'Running' } }] })
      .when(/pod x$/, { status: { phase: 'Succeeded' } })
      .when(/^logs x --follow$/, ({ options }) => {
        options.output?.write(log);
        return '';
      });
  };

  test('runs a Job like the nightly one, once, shows its log, and prints the name of the dump', async () => {
    job(`wrote /backup/${NAME}, 4.0K\n`);
    const world = cluster.world();
    await ends(world, 'backup staging', 0, `wrote /backup/${NAME}`);
    expect(world.output()).toBe(`${NAME}\n`);
    expect(cluster.get('Job')).toMatchObject({
      metadata: { name: 'backup-20260102-030405', ownerReferences: [{ kind: 'CronJob', name: 'backup' }] },
      spec: {
        backoffLimit: 0,
        template: cluster.get('CronJob', 'backup').spec.jobTemplate.spec.template,
      },
    });
  });

  test.each([
    ['a full claim', 'pg_dump: error: could not write: No space left on device\n', /claim "backup" is full/],
    ['anything else', 'pg_dump: error: no such role\n', /is above/],
  ])('fails with the next step at %s', async (_, log, next) => {
    job(log, 'Failed');
    const world = cluster.world();
    await ends(world, 'backup staging now', 1, /older dumps are as they were/);
    expect(world.errors()).toMatch(next);
    expect(world.output()).toBe('');
  });

  test('fails when the log does not name a dump', async () => {
    job('fine\n');
    await ends(cluster.world(), 'backup staging', 1, 'does not name a dump');
  });

  test('refuses while another is running', async () => {
    const labels = { 'app.kubernetes.io/component': 'backup' };
    cluster.add({ kind: 'Job', metadata: { name: 'backup-9', labels } });
    const message = /already running: Job backup-9[\s\S]*logs --follow job\/backup-9/;
    await ends(cluster.world(), 'backup staging', 2, message);
  });
});

describe('backup list', () => {
  test('shows name, size, time and age, newest first, and removes its pod', async () => {
    const world = cluster.world();
    await ends(world, 'backup staging list', 0, '1.0 GiB free');
    expect(world.output()).toMatchSnapshot();
    expect(() => cluster.get('Pod')).toThrow();
  });

  test('its pod sees the claim, read-only, and nothing else', async () => {
    const world = cluster.world();
    await world.coped('backup', 'staging', 'list');
    const [created] = world.calls.filter(({ line }) => line === 'create --filename=-');
    const { metadata, spec } = JSON.parse(String(created?.options.input));
    expect(spec.volumes).toEqual([{ name: 'backup', persistentVolumeClaim: { claimName: 'backup' } }]);
    expect(spec.containers[0].volumeMounts).toEqual([
      { name: 'backup', mountPath: '/backup', readOnly: true },
    ]);
    // The flow table has no such component.
    expect(metadata.labels['app.kubernetes.io/component']).toBe('dumps');
    expect(spec.activeDeadlineSeconds).toBeGreaterThan(0);
  });

  test('as JSON, for programs', async () => {
    files = { [NAME]: 'data' };
    const world = cluster.world();
    await world.coped('backup', 'staging', 'list', '--json');
    expect(JSON.parse(world.output())).toEqual([{ name: NAME, bytes: 4, taken: '2026-01-01T02:30:00.000Z' }]);
  });

  test('without dumps: a remark, and nothing on standard output', async () => {
    files = {};
    const world = cluster.world();
    await ends(world, 'backup staging list', 0, 'no dump yet');
    expect(world.output()).toBe('');
  });
});

describe('backup fetch', () => {
  const folder = temporaryFolder();
  const path = () => folder('x.dump');
  const fetch = (to = path()) => `backup staging fetch ${NAME} --to ${to}`;

  test('copies a dump into a file that only its owner may read', async () => {
    await ends(cluster.world(), fetch(), 0);
    expect(readFileSync(path(), 'utf8')).toBe('data');
    expect(statSync(path()).mode & 0o077).toBe(0);
    expect(readdirSync(folder())).toEqual(['x.dump']);
  });

  test('to standard output', async () => {
    const world = cluster.world();
    await ends(world, fetch('-'), 0);
    expect(world.output()).toBe('data');
    await ends(cluster.world().atTerminal(), fetch('-'), 2, 'a terminal cannot show it');
  });

  test('never overwrites, also a file that was written meanwhile', async () => {
    cluster.when(/sha256sum/, () => {
      writeFileSync(path(), 'mine');
      return undefined;
    });
    await ends(cluster.world(), fetch(), 2, 'already exists');
    expect(readFileSync(path(), 'utf8')).toBe('mine');
    await ends(cluster.world(), fetch(), 2, 'already exists');
    expect(readdirSync(folder())).toEqual(['x.dump']);
  });

  test.each([
    ['the checksums differ', /sha256sum/, 'another  x\n', /checksums differ/],
    ['the connection breaks', /-- cat/, { code: 1, stderr: 'lost connection' }, /did not arrive: lost conn/],
  ])('keeps nothing when %s', async (_, call, answer, message) => {
    await ends(cluster.when(call, answer).world(), fetch(), 1, message);
    expect(readdirSync(folder())).toEqual([]);
  });

  test('a file that cannot be written', async () => {
    await ends(cluster.world(), fetch(folder('no', 'where.dump')), 1, /cannot be written here: ENOENT/);
    expect(readdirSync(folder())).toEqual([]);
  });

  test.each(['nope.dump', '../etc.dump', '--x.dump'])('refuses what is not a dump: %s', (name) =>
    ends(cluster.world(), `backup staging fetch -- ${name}`, 2, /there is no dump/));
});

test.each([
  ['development', /its data is temporary/],
  ['staging fetch', /requires the name of a dump/],
  ['staging list x.dump', /only be used with fetch/],
  ['staging now --to x', /only be used with fetch/],
  ['staging now --json', /only be used with list/],
  ['staging lost', /now, list, fetch/],
])('refuses backup %s', (words, message) => ends(fakeWorld(), `backup ${words}`, 2, message));

test('without a CronJob: says how to get one', () =>
  ends(cluster.remove('CronJob').world(), 'backup staging', 1, 'npx coped deploy staging'));
