import { environments as example } from '../../../examples/coped';
import { find, manifestsOf, named } from '../../support';
import { FakeCluster, settled } from '../fake-cluster';
import { type Given, stored, the } from '../fake-object';
import type { FakeWorld } from '../fake-world';

const cronJob = stored(find(manifestsOf(named('production')), 'CronJob', 'migrate'));
const PENDING =
  'Planned operations:\nprojects.0002_funder\n    Add field funder to project\n    Raw SQL operation\n';
const NONE = 'Planned operations:\n  No planned migration operations.\n';

/** A migration that has ended like this, or that runs. */
const job = (name: string, end?: string): Given => ({
  kind: 'Job',
  metadata: {
    name,
    creationTimestamp: '2026-01-02T03:00:00Z',
    labels: { 'app.kubernetes.io/component': 'migrate' },
  },
  status: end ? { conditions: [{ type: end, status: 'True', message: `it is ${end}` }] } : {},
});

interface Course {
  /** The phases that the pods of a Job reach, one after the other. */
  readonly pods?: readonly string[];
  readonly end?: 'Complete' | 'Failed';
  readonly jobs?: readonly Given[];
  readonly deployments?: readonly string[];
}

/** A cluster on which migrations go like this. */
function clusterOf({
  pods = ['Running'],
  end = 'Complete',
  jobs = [],
  deployments: names = ['web', 'api'],
}: Course = {}): FakeCluster {
  const deployments = names.map((name) => ({
    kind: 'Deployment',
    metadata: { name, generation: 1 },
    spec: { replicas: 3 },
    status: settled({ kind: 'Deployment', spec: { replicas: 3 } }),
  }));
  const cluster = new FakeCluster(cronJob, ...deployments, ...jobs);
  const start = (number: number, { metadata }: Given) =>
    cluster.add({
      kind: 'Pod',
      metadata: { name: `pod-${number}`, labels: { 'batch.kubernetes.io/job-name': metadata.name } },
      status: { phase: pods[number] },
    });
  cluster.statusOf = (object) => {
    if (object.kind !== 'Job') return settled(object);
    start(0, object);
    return {};
  };
  for (const one of jobs.filter(({ status }) => !status?.conditions)) start(0, one);
  return cluster
    .when(/^exec [\s\S]* migrate --plan/, { stdout: PENDING })
    .when(/^exec .* python -c/, '')
    .when(/^logs pod-(\d)/, ({ options }, number) => {
      options.output?.write(`log of pod-${number}\n`);
      cluster.get('Pod', `pod-${number}`).status.phase = 'Failed';
      const running = cluster.objects.find((one) => one.kind === 'Job' && !one.status.conditions);
      const next = Number(number) + 1;
      if (running && next < pods.length) start(next, running);
      else if (running) Object.assign(running, { status: job('', end).status });
      return '';
    });
}

const migrate = (cluster: FakeCluster, ...words: string[]) => inWorld(cluster.world(), ...words);

async function inWorld(world: FakeWorld, ...words: string[]) {
  const code = await world.coped('migrate', ...words);
  return { code, output: world.output(), errors: world.errors(), calls: world.calls.map(({ line }) => line) };
}
const YES = ['production', '--yes', '--context', 'coped-production'];
const jobsOf = (cluster: FakeCluster) => cluster.objects.filter(({ kind }) => kind === 'Job');
const NAME = 'migrate-20260102-030405';

test('runs the CronJob as a Job that belongs to it, prints its log, waits for web and api', async () => {
  const cluster = clusterOf();
  const { code, output, errors } = await migrate(cluster, ...YES);
  expect([code, output]).toEqual([0, 'log of pod-0\n']);
  expect(errors).toMatch(/✔ migrate-20260102-030405 has succeeded[\s\S]*all is ready/);
  expect(jobsOf(cluster)).toMatchObject([
    {
      metadata: {
        name: NAME,
        labels: cronJob.spec.jobTemplate.metadata.labels,
        annotations: { 'cronjob.kubernetes.io/instantiate': 'manual' },
        ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name: 'migrate', controller: true }],
      },
      spec: cronJob.spec.jobTemplate.spec,
    },
  ]);
});

test('waits for what the environment has, and not for an api that it leaves out', async () => {
  const cluster = clusterOf({ deployments: ['web', 'beat', 'worker'] });
  const { code, errors } = await inWorld(cluster.world(example), ...YES);
  expect(errors).toContain('all is ready');
  expect(code).toBe(0);
});

test('--plan prints what is pending, removes its pod, and changes nothing', async () => {
  const { code, output, calls } = await migrate(clusterOf(), 'production', '--plan');
  expect([code, output]).toEqual([
    0,
    '1 migration is pending:\n  projects.0002_funder\n      Add field funder to project\n      Raw SQL operation\n',
  ]);
  const changes = calls.filter((line) => /^(create|replace|patch|apply|delete)/.test(line));
  expect(changes).toEqual(['create --filename=-', expect.stringMatching(/^delete pod migration-plan-/)]);

  const { output: json } = await migrate(clusterOf(), 'production', '--plan', '--json');
  const operations = ['Add field funder to project', 'Raw SQL operation'];
  expect(JSON.parse(json)).toEqual({ pending: [{ name: 'projects.0002_funder', operations }] });

  const idle = clusterOf().when(/^exec .* migrate --plan/, { stdout: NONE });
  expect((await migrate(idle, 'production', '--plan')).output).toMatch(/^Nothing to do/);
});

test('says that it is not the migration of the sources, where that is so', async () => {
  const cluster = clusterOf();
  const [main] = cluster.get('CronJob').spec.jobTemplate.spec.template.spec.containers;
  Object.assign(the(main), { image: 'django:older' });
  expect((await migrate(cluster, ...YES)).errors).toContain('that of the deployed release, django:older;');
});

test('a migration that fails ends with the reason and the next step', async () => {
  const cluster = clusterOf({ pods: ['Failed', 'Failed'], end: 'Failed' });
  const { code, output, errors } = await migrate(cluster, ...YES);
  expect([code, output]).toEqual([1, 'log of pod-0\nlog of pod-1\n']);
  expect(errors).toContain('pod-0 has failed; Kubernetes tries again with pod-1');
  expect(errors).toMatch(
    /✘ migrate-20260102-030405 has failed after 2 tries: it is Failed\n.*coped migrate production/,
  );
  expect(jobsOf(cluster)).toHaveLength(1);
});

test('a Job that is deleted while it runs has failed; what its log says of DNS is to be seen to first', async () => {
  const cluster = clusterOf().when(/^logs/, ({ options }) => {
    options.heard?.('[Errno -3] Temporary failure in name resolution\n');
    cluster.remove('Job').remove('Pod');
    return '';
  });
  const { code, errors } = await migrate(cluster, ...YES);
  expect([code, errors]).toEqual([
    1,
    expect.stringMatching(`✘ ${NAME} has failed: it was deleted\n +The names of Services .* Its log is`),
  ]);
});

test('after ctrl-C it goes on in the cluster: how to follow and to stop it', async () => {
  const cluster = clusterOf();
  const world = cluster
    .when(/^logs/, () => {
      world.interruption.abort();
      return { code: 1 };
    })
    .world();
  expect(await world.coped('migrate', ...YES)).toBe(130);
  expect(world.errors()).toMatch(/goes on in the cluster.*--follow[\s\S]*delete job migrate-/);
  expect(jobsOf(cluster)).toHaveLength(1);
});

describe('after a while', () => {
  // The clock is a minute later at every look.
  beforeEach(() => {
    let now = 0;
    jest.spyOn(Date, 'now').mockImplementation(() => {
      now += 60_000;
      return now;
    });
  });
  afterEach(() => jest.restoreAllMocks());

  test('a Job whose pod does not start is removed', async () => {
    const cluster = clusterOf({ pods: ['Pending'] });
    const { code, errors } = await migrate(cluster, ...YES);
    expect(code).toBe(1);
    expect(errors).toMatch(/could not start: waited 300 s .*\n.*It was removed, and nothing has changed/);
    expect(jobsOf(cluster)).toEqual([]);
  });

  test('an image that does not exist is not waited for: the reason, and the Job is removed', async () => {
    const waiting = { reason: 'ErrImagePull', message: 'manifest unknown' };
    const status = {
      phase: 'Pending',
      containerStatuses: [{ name: 'migrate', image: 'i:9', state: { waiting } }],
    };
    const cluster = clusterOf({ pods: ['Pending'] });
    cluster.when(/^get .*pods /, { items: [{ metadata: { name: 'pod-0' }, status }] });
    const { code, errors } = await migrate(cluster, ...YES);
    expect(code).toBe(1);
    expect(errors).toMatch(/could not start: the image i:9 .*no such image\n +Push it .*It was removed/);
    expect(jobsOf(cluster)).toEqual([]);
  });

  test('it stays if its pod may have started meanwhile', async () => {
    const running = { items: [{ metadata: { name: 'pod-0' }, status: { phase: 'Running' } }] };
    const cluster = clusterOf({ pods: ['Pending'] }).when(/^get pods /, running);
    const { code, errors } = await migrate(cluster, ...YES);
    expect(code).toBe(1);
    expect(errors).toMatch(/stays in the cluster.*--follow/);
    expect(jobsOf(cluster)).toHaveLength(1);
  });

  test('a connection that breaks leaves it, and the command to follow it', async () => {
    const cluster = clusterOf();
    cluster.when(/^logs/, () => {
      cluster.get('Pod').status.phase = 'Succeeded';
      cluster.fail(/^get .*pods --selector/, 'Unable to connect to the server');
      return '';
    });
    const { code, errors } = await migrate(cluster, ...YES);
    expect(code).toBe(1);
    expect(errors).toMatch(/goes on in the cluster\. Follow it: `npx coped migrate production --follow`/);
  });
});

const [acquireTime, renewTime] = ['2026-01-02T03:00:00Z', '2026-01-02T03:04:00Z'];
const lease = {
  kind: 'Lease',
  metadata: { name: 'coped-deploy' },
  spec: { holderIdentity: 'ada@laptop abc', acquireTime, renewTime, leaseDurationSeconds: 30 },
};
const TRACEBACK = `Traceback (most recent call last):
  File "x"
db.OperationalError: password authentication failed
command terminated with exit code 1
`;

test.each<[string, number, (cluster: FakeCluster) => unknown, string[]?]>([
  ['in a local environment', 2, () => {}, ['development']],
  ['while another migration runs', 2, (cluster) => cluster.add(job('migrate-1', 'Complete'), job('by-hand'))],
  [
    'where another has begun since',
    2,
    (cluster) => cluster.when(/ --plan/, () => void cluster.add(job('x'))),
  ],
  ['while a deploy runs', 2, (cluster) => cluster.add(lease)],
  ['without a terminal', 2, () => {}, ['production']],
  ['without a context for --yes', 2, () => {}, ['production', '--yes']],
  ["on another environment's context", 2, () => {}, [...YES.slice(0, 3), 'kind-coped']],
  ['where nothing is deployed', 1, (cluster) => cluster.remove('CronJob')],
  ['where Django cannot plan it', 1, (cluster) => cluster.fail(/ --plan/, TRACEBACK)],
])('starts nothing %s', async (_, expected, change, words = YES) => {
  const cluster = clusterOf();
  change(cluster);
  const { code, errors } = await migrate(cluster, ...words);
  expect(code).toBe(expected);
  expect(errors.replaceAll(/\(\d+\.\d s\)/g, '(… s)')).toMatchSnapshot();
  expect(jobsOf(cluster).filter(({ metadata }) => metadata.name.startsWith('migrate-2026'))).toEqual([]);
});

test.each([
  ['the running one', [job('migrate-1', 'Complete'), job('migrate-2')], 0, 'migrate-2 has succeeded'],
  ['the last one', [job('migrate-1', 'Complete')], 0, 'No migration runs. The last was migrate-1'],
  ['none', [], 2, 'there is no migration to follow'],
])('--follow: %s', async (_, jobs, expected, message) => {
  const cluster = clusterOf({ jobs });
  const { code, errors } = await migrate(cluster, 'production', '--follow');
  expect([code, errors]).toEqual([expected, expect.stringContaining(message)]);
  expect(jobsOf(cluster)).toHaveLength(jobs.length);
});
