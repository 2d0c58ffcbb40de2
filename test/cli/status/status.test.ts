import { environmentNamed } from '../../../cli/cluster/environment';
import { Kubectl } from '../../../cli/cluster/kubectl';
import { look } from '../../../cli/status/look';
import { healthy, MADE, of, status, worldOf } from './fake-cluster';

test('all is fine: a line for each component, and exit code 0', async () => {
  const { code, output, errors } = await status();
  expect(output).toBe(`COMPONENT       READY   VERSION        RESTARTS   SINCE
postgres        1/1     17.12-trixie   0          60 min
elasticsearch   3/3     9.5.3          0          60 min
web             3/3     1.0.0          0          60 min
api             3/3     1.0.0          0          60 min
dashboards      2/2     1.0.0          0          60 min

last backup    60 min ago (2026-01-02T02:04:05Z)
migrations     none pending
search index   1204 of 1204
certificate    ingress-tls: until 2027-01-01 (363 days)
certificate    elasticsearch-tls: until 2027-01-01 (363 days)
disk           postgres-0: 41 % of 50 GiB
disk           elasticsearch-0: 41 % of 50 GiB
disk           elasticsearch-1: 41 % of 50 GiB
disk           elasticsearch-2: 41 % of 50 GiB
autoscaler     web: 3 of 3 to 10
autoscaler     api: 3 of 3 to 10

production is fine.
`);
  expect(code).toBe(0);
  expect(errors).toBe('production: context coped-production, namespace coped-production\n');
});

test('--json has every key that --help promises, and nothing else on standard output', async () => {
  const found = JSON.parse((await status(() => {}, '--json')).output);
  expect(Object.keys(found).sort()).toEqual(
    [
      'environment',
      'context',
      'namespace',
      'deployed',
      'fine',
      'components',
      'makesBackups',
      'lastBackup',
      'pendingMigrations',
      'certificates',
      'disks',
      'searchIndex',
      'unread',
      'autoscalers',
      'problems',
      'warnings',
    ].sort(),
  );
  expect(found).toMatchObject({
    fine: true,
    deployed: true,
    lastBackup: MADE,
    pendingMigrations: [],
    problems: [],
    warnings: [],
  });
  expect(found.components[0]).toEqual({
    component: 'postgres',
    kind: 'StatefulSet',
    ready: 1,
    wanted: 1,
    version: '17.12-trixie',
    sourceVersion: null,
    restarts: 0,
    lastRestart: null,
    since: MADE,
  });
});

test('what failed before and was made good since is not spoken of', async () => {
  const job = (name: string, time: string, type: string) => ({
    kind: 'Job',
    metadata: { name, creationTimestamp: time, labels: { 'app.kubernetes.io/component': 'backup' } },
    spec: {},
    status: { conditions: [{ type, status: 'True' }], completionTime: MADE },
  });
  const { output } = await status((c) =>
    c.objects.push(job('backup-1', '2026-01-01T00:00:00Z', 'Failed'), job('backup-2', MADE, 'Complete')),
  );
  expect(output).toContain('production is fine.');
});

test('restarts come with the last reason, versions with what the sources say', async () => {
  const { output } = await status((c) => {
    const [s] = of(c, 'Pod', 'api-1').status.containerStatuses;
    s.restartCount = 2;
    s.lastState = { terminated: { exitCode: 1, reason: 'Error', finishedAt: '2026-01-02T02:34:05Z' } };
    of(c, 'Deployment', 'web').spec.template.metadata.labels['app.kubernetes.io/version'] = '0.9.0';
  });
  expect(output).toMatch(/^api .* 2 \(exit code 1 30 min ago\)/m);
  expect(output).toMatch(/^web .*0\.9\.0 \(sources: 1\.0\.0\)/m);
});

test('pods of one command do not count as those of a component', async () => {
  const { output } = await status((c) => {
    const web = of(c, 'Pod', 'web-0');
    c.objects.push({
      ...web,
      metadata: {
        ...web.metadata,
        name: 'manage-1',
        creationTimestamp: '2026-01-02T03:00:00Z',
        labels: { ...web.metadata.labels, 'coped.org/one-off': 'manage' },
      },
      status: { phase: 'Running', startTime: '2026-01-02T03:00:00Z' },
    });
  });
  expect(output).toContain('production is fine.');
  expect(output).toMatch(/^web .* 60 min$/m);
});

test('a laptop has neither dumps nor certificates, and nothing is said of them', async () => {
  const world = worldOf(healthy('development'));
  expect(await world.coped('status', 'development')).toBe(0);
  expect(world.output()).not.toMatch(/backup|certificate|autoscaler/);
  expect(world.output()).toContain('development is fine.');
});

test('nothing is deployed: says so, and nothing about its parts', async () => {
  const { code, output } = await status((c) => {
    c.objects = [];
    c.certificates = {};
  });
  expect(output).toMatch(
    /^✘ production: is not deployed on this cluster[^\n]*\n +`npx coped deploy production`[^\n]*\n$/,
  );
  expect(code).toBe(1);
});

test('who may not ask a pod, or read a certificate, still sees the rest', async () => {
  const cluster = healthy();
  const refused = worldOf(cluster, ({ line }) =>
    /^(exec|get secrets)/.test(line) ? { code: 1, stderr: 'Forbidden' } : undefined,
  );
  expect(await refused.coped('status', 'production')).toBe(0);
  expect(refused.output()).toContain('migrations     unknown');
  expect(refused.output()).toContain('you may not read their Secrets');
});

test('a cluster that does not answer is a failure with a command to try', async () => {
  const silent = worldOf(healthy(), ({ line }) =>
    line.startsWith('get') ? { code: 1, stderr: 'connection refused\nmore' } : undefined,
  );
  expect(await silent.coped('status', 'production')).toBe(1);
  expect(silent.errors()).toMatch(/✘ the cluster does not answer: connection refused\n.*get pods/);
});

test('of Secrets, only the public certificate is asked for; nothing is changed', async () => {
  const { calls } = await status();
  for (const { line } of calls.filter(({ line }) => /secret/i.test(line))) {
    expect(line).toMatch(
      /^get secrets .*custom-columns=NAME:\.metadata\.name,CERTIFICATE:\.data\.tls\\\.crt$/,
    );
  }
  for (const { args } of calls)
    expect(args.find((arg) => !arg.startsWith('--'))).toMatch(/^(config|get|exec)$/);
});

describe('certificates, as time goes by', () => {
  const at = async (time: string) => {
    const world = worldOf(healthy());
    return look(new Kubectl('c', 'n', world.execute), environmentNamed(world, 'production'), new Date(time));
  };
  test.each([
    ['2026-12-17T00:00:01Z', 'problems', 0],
    ['2026-12-19T00:00:00Z', 'warnings', 2],
    ['2027-01-02T12:00:00Z', 'problems', 2],
    ['2024-12-31T00:00:00Z', 'problems', 2],
  ] as const)('at %s: %s', async (time, level, count) => {
    const found = (await at(time))[level].filter(({ reason }) => reason.includes('certificate'));
    expect(found).toHaveLength(count);
  });
});
