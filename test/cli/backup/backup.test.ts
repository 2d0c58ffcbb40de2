import { lstatSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import { ends } from '../ends';
import type { FakeCluster } from '../fake-cluster';
import { play, type Scenario, scenariosIn } from '../scenario';
import { temporaryFolder } from '../temporary';
import { clusterWith } from './fake-claim';

const NAME = 'coped-20260101T023000Z.dump';
const OLD = 'coped-20251231T023000Z.dump';

interface Backup extends Scenario {
  readonly dumps?: Readonly<Record<string, string>>;
  readonly job?: string;
  readonly end?: string;
}
const folder = temporaryFolder();
let cluster: FakeCluster;
beforeEach(() => {
  cluster = clusterWith(() => ({ [OLD]: 'old data', [NAME]: 'data' }));
});

/** A Job that writes this to its log, and ends like that. */
const withJob = (log: string, end = 'Complete') => {
  cluster.statusOf = ({ kind }) => (kind === 'Job' ? { conditions: [{ type: end, status: 'True' }] } : {});
  cluster
    .when(/pods --selector=batch/, { items: [{ metadata: { name: 'x' }, status: { phase: 'Running' } }] })
    .when(/pod x$/, { status: { phase: 'Succeeded' } })
    .when(/^logs x --follow$/, ({ options }) => {
      options.output?.write(log);
      return '';
    });
};

test.each(Object.entries(scenariosIn<Backup>(__dirname)))('%s', async (_, {
  dumps,
  job,
  end,
  ...scenario
}) => {
  if (dumps) cluster = clusterWith(() => dumps);
  if (job) withJob(job, end);
  const { screen } = await play(cluster, scenario, folder());
  const files = readdirSync(folder()).map((name) => `\n${name}: ${readFileSync(folder(name), 'utf8')}`);
  expect(screen + files.join('')).toMatchSnapshot();
  expect(cluster.objects.filter(({ kind }) => kind === 'Pod')).toEqual([]);
});

test('a Job like the nightly one, once', async () => {
  withJob(`wrote /backup/${NAME}, 4.0K\n`);
  await ends(cluster.world(), 'backup staging', 0);
  expect(cluster.get('Job')).toMatchObject({
    metadata: { name: 'backup-20260102-030405', ownerReferences: [{ kind: 'CronJob', name: 'backup' }] },
    spec: {
      backoffLimit: 0,
      template: cluster.get('CronJob', 'backup').spec.jobTemplate.spec.template,
    },
  });
});

test('the pod that lists sees the claim, read-only, and nothing else', async () => {
  const world = cluster.world();
  await world.coped('backup', 'staging', 'list');
  const [created] = world.calls.filter(({ line }) => line === 'create --filename=-');
  const { metadata, spec } = JSON.parse(String(created?.options.input));
  expect(spec.volumes).toEqual([{ name: 'backup', persistentVolumeClaim: { claimName: 'backup' } }]);
  expect(spec.containers[0].volumeMounts).toEqual([{ name: 'backup', mountPath: '/backup', readOnly: true }]);
  // The flow table has no such component.
  expect(metadata.labels['app.kubernetes.io/component']).toBe('dumps');
  expect(spec.activeDeadlineSeconds).toBeGreaterThan(0);
});

describe('a dump that is fetched', () => {
  const fetch = (code: number, message = '', to = 'x.dump') =>
    ends(cluster.world(), `backup staging fetch ${NAME} --to ${folder(to)}`, code, message);
  afterEach(() => jest.restoreAllMocks());

  test('may be read by its owner only, and so may a folder that is new', async () => {
    await fetch(0, '', 'new/er/x.dump');
    for (const path of ['new', 'new/er', 'new/er/x.dump'])
      expect(lstatSync(folder(path)).mode & 0o077).toBe(0);
  });

  test.each(['x.dump', 'x.dump.partial'])('is not written through a link at %s', async (name) => {
    writeFileSync(folder('mine'), 'mine');
    let meanwhile = '';
    cluster.when(/-- find /, () => symlinkSync(meanwhile, folder(name)));
    for (const to of ['mine', 'nowhere']) {
      meanwhile = folder(to);
      await fetch(2, 'already exists');
      await fetch(2, 'already exists');
      rmSync(folder(name));
    }
    expect(readFileSync(folder('mine'), 'utf8')).toBe('mine');
    expect(readdirSync(folder())).toEqual(['mine']);
  });

  test.each(['EPERM', 'ENOTSUP'])('comes whole where the file system answers %s to a link', async (code) => {
    jest.spyOn(promises, 'link').mockRejectedValue(Object.assign(new Error(code), { code }));
    await fetch(0);
    expect(readdirSync(folder())).toEqual(['x.dump']);
    expect(readFileSync(folder('x.dump'), 'utf8')).toBe('data');

    await fetch(2, 'already exists');
    jest.spyOn(promises, 'rename').mockRejectedValue(new Error('the disk is gone'));
    await fetch(1, 'the disk is gone', 'y.dump');
    expect(readdirSync(folder())).toEqual(['x.dump']);
  });

  test('does not mix with another fetch of it', async () => {
    const two = await Promise.allSettled([fetch(0), fetch(2, 'already exists')]);
    expect(two.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect(readFileSync(folder('x.dump'), 'utf8')).toBe('data');
  });

  test('does not overwrite a file that was written meanwhile', async () => {
    cluster.when(/sha256sum/, () => {
      writeFileSync(folder('x.dump'), 'mine');
      return undefined;
    });
    await fetch(2, 'already exists');
    expect(readFileSync(folder('x.dump'), 'utf8')).toBe('mine');
    expect(readdirSync(folder())).toEqual(['x.dump']);
  });
});

test('without a CronJob: says how to get one', () =>
  ends(cluster.remove('CronJob').world(), 'backup staging', 1, 'npx coped deploy staging'));
