import { cronJob, job, migrating, NONE, PENDING } from './fake-cluster';

const GOOD = { pods: ['Running'], end: 'Complete' } as const;
const YES = ['migrate', 'production', '--yes', '--context', 'coped-production'];
const changes = (line: string) => /^(create|replace|patch|apply|delete)/.test(line);

test('runs the CronJob as a Job that belongs to it, prints its log, waits for web and api', async () => {
  const world = migrating(GOOD);
  expect(await world.coped(...YES)).toBe(0);
  expect(world.output()).toBe('log of pod-0\n');
  expect(world.errors()).toMatch(/✔ migrate-20260102-030405 has succeeded[\s\S]*all is ready/);
  expect(world.jobs()).toEqual([
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name: 'migrate-20260102-030405',
        labels: cronJob.spec.jobTemplate.metadata.labels,
        annotations: { 'cronjob.kubernetes.io/instantiate': 'manual' },
        ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name: 'migrate', controller: true }],
      },
      spec: cronJob.spec.jobTemplate.spec,
    },
  ]);
});

test('the plan is shown before, and its pod removed', async () => {
  const world = migrating(GOOD);
  await world.coped('migrate', 'production', '--plan');
  expect(world.output()).toBe(
    '1 migration is pending:\n  projects.0002_funder\n      Add field funder to project\n      Raw SQL operation\n',
  );
  expect(world.jobs()).toEqual([]);
  const pods = world.calls.map(({ line }) => line).filter(changes);
  expect(pods).toEqual(['create --filename=-', expect.stringMatching(/^delete pod migration-plan-/)]);
});

test('--plan --json is for scripts; nothing to do is said', async () => {
  const world = migrating(GOOD);
  await world.coped('migrate', 'production', '--plan', '--json');
  expect(JSON.parse(world.output())).toEqual({
    pending: [
      { name: 'projects.0002_funder', operations: ['Add field funder to project', 'Raw SQL operation'] },
    ],
  });
  const idle = migrating(GOOD, NONE);
  expect(await idle.coped('migrate', 'production', '--plan')).toBe(0);
  expect(idle.output()).toMatch(/^Nothing to do/);
});

test('a try that failed is followed by the next, which is said', async () => {
  const world = migrating({ pods: ['Failed', 'Running'], end: 'Complete' });
  expect(await world.coped(...YES)).toBe(0);
  expect(world.output()).toBe('log of pod-0\nlog of pod-1\n');
  expect(world.errors()).toContain('pod-0 has failed; Kubernetes tries again with pod-1');
});

test('a migration that fails gives its result, the reason and how to go on', async () => {
  const world = migrating({ pods: ['Failed', 'Failed'], end: 'Failed' });
  expect(await world.coped(...YES)).toBe(1);
  expect(world.errors()).toMatch(
    /✘ migrate-20260102-030405 has failed after 2 tries: it is Failed\n.*coped migrate production/,
  );
  expect(world.calls.some(({ line }) => line.startsWith('delete job'))).toBe(false);
});

test('whoever presses ctrl-C hears that it goes on, and how to follow and to stop it', async () => {
  const world = migrating(GOOD, PENDING, ({ line }) => {
    if (line.startsWith('logs')) {
      world.interruption.abort();
      return { code: 1 };
    }
    return undefined;
  });
  expect(await world.coped(...YES)).toBe(130);
  expect(world.errors()).toMatch(/goes on in the cluster.*--follow[\s\S]*delete job migrate-/);
  expect(world.calls.some(({ line }) => line.startsWith('delete job'))).toBe(false);
});

describe('refuses, with exit code 2, and starts nothing', () => {
  const refused = async (world: ReturnType<typeof migrating>, words: string[], message: RegExp) => {
    expect(await world.coped(...words)).toBe(2);
    expect(world.errors()).toMatch(message);
    expect(world.jobs()).toEqual([]);
    return world.created;
  };

  test('a local environment, which migrates by itself', async () => {
    const world = migrating(GOOD);
    await refused(world, ['migrate', 'development'], /development migrates by itself/);
    expect(world.calls).toEqual([]);
  });

  test('while another runs, whoever started it', async () => {
    const running = migrating(GOOD, PENDING, ({ line }) =>
      line === 'get --output=json jobs'
        ? { items: [job('migrate-1', 'Complete'), job('by-hand')] }
        : undefined,
    );
    await refused(running, YES, /another migration runs: by-hand, started 4 min ago\n.*--follow/);
  });

  test('when another was faster, after the question', async () => {
    let looks = 0;
    const late = migrating(GOOD, PENDING, ({ line }) => {
      if (line !== 'get --output=json jobs') return undefined;
      looks += 1;
      return { items: looks > 1 ? [job('faster')] : [] };
    });
    await refused(late, YES, /another migration runs: faster/);
  });

  test('while a deploy is at it', async () => {
    const lease = {
      spec: {
        holderIdentity: 'ada@laptop abc',
        renewTime: '2026-01-02T03:04:00.000000Z',
        leaseDurationSeconds: 30,
      },
    };
    const created = await refused(
      migrating(GOOD, PENDING, ({ line }) => (/^get .*lease/.test(line) ? lease : undefined)),
      YES,
      /ada@laptop/,
    );
    expect(created).toEqual([]);
  });

  test('what is not deployed', async () => {
    const empty = migrating(GOOD, PENDING, ({ line }) =>
      line.includes('cronjob migrate') ? { stdout: '' } : undefined,
    );
    expect(await empty.coped(...YES)).toBe(1);
    expect(empty.errors()).toMatch(/not deployed on this cluster[\s\S]*coped deploy production/);
    expect(empty.jobs()).toEqual([]);
  });

  test.each([
    ['nobody to ask', ['migrate', 'production'], /the confirmation needs a terminal/],
    ['--yes without a context', ['migrate', 'production', '--yes'], /--context/],
    [
      'a context that is not pinned',
      ['migrate', 'production', '--yes', '--context', 'kind-coped'],
      /is not a context of production/,
    ],
  ])('%s: not even a plan is made', async (_, words, message) => {
    expect(await refused(migrating(GOOD), words, message)).toEqual([]);
  });
});

test('a plan that Django cannot make ends it, with the last line of its traceback', async () => {
  const traceback =
    'Traceback (most recent call last):\n  File "x"\ndjango.db.utils.OperationalError: password authentication failed\ncommand terminated with exit code 1\n';
  const world = migrating(GOOD, PENDING, ({ line }) =>
    line.includes('--plan') ? { code: 1, stderr: traceback } : undefined,
  );
  expect(await world.coped(...YES)).toBe(1);
  expect(world.errors()).toMatch(
    /✘ Django cannot say .*: django.db.utils.OperationalError: password authentication failed\n/,
  );
  expect(world.jobs()).toEqual([]);
});

describe('--follow', () => {
  const following = (...jobs: object[]) =>
    migrating(GOOD, PENDING, ({ line }) => (line === 'get --output=json jobs' ? { items: jobs } : undefined));

  test('goes on where somebody else has left off', async () => {
    const world = following(job('migrate-1', 'Complete'), job('migrate-2'));
    expect(await world.coped('migrate', 'production', '--follow')).toBe(0);
    expect(world.output()).toBe('log of pod-0\n');
    expect(world.errors()).toContain('migrate-2 has succeeded');
    expect(world.jobs()).toEqual([]);
  });

  test('tells how the last one ended', async () => {
    const world = following(job('migrate-1', 'Complete'));
    expect(await world.coped('migrate', 'production', '--follow')).toBe(0);
    expect(world.errors()).toContain('No migration runs. The last was migrate-1');
  });

  test('refuses where there was none', async () => {
    const world = following();
    expect(await world.coped('migrate', 'production', '--follow')).toBe(2);
    expect(world.errors()).toContain('none is remembered');
  });
});
