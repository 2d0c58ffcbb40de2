import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
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
  const fetch = (code: number, message = '') =>
    ends(cluster.world(), `backup staging fetch ${NAME} --to ${folder('x.dump')}`, code, message);

  test('may be read by its owner only', async () => {
    await fetch(0);
    expect(statSync(folder('x.dump')).mode & 0o077).toBe(0);
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
