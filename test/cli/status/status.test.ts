import { environmentNamed } from '../../../cli/cluster/environment';
import { Kubectl } from '../../../cli/cluster/kubectl';
import { look } from '../../../cli/status/look';
import { named } from '../../support';
import { Healthy, MADE } from './production';

test('all is fine: a line for each component, and exit code 0', async () => {
  const { code, output, errors } = await new Healthy().status();
  expect(output).toMatchSnapshot();
  expect(code).toBe(0);
  expect(errors).toBe('production: context coped-production, namespace coped-production\n');
});

test('a laptop has neither dumps nor certificates, and nothing is said of them', async () => {
  const { code, output } = await new Healthy('development').status();
  expect(code).toBe(0);
  expect(output).not.toMatch(/backup|certificate|autoscaler/);
  expect(output).toContain('development is fine.');
});

test('nothing is said of a search index that the application cannot count', async () => {
  const production = named('production');
  const application = { ...production.application, counted: undefined };
  const world = new Healthy().world([{ ...production, application }]);
  expect(await world.coped('status', 'production')).toBe(0);
  expect(world.output()).not.toContain('search index');
});

test('--json has every key that --help promises, and nothing else on standard output', async () => {
  const found = JSON.parse((await new Healthy().status('--json')).output);
  const help = new Healthy().world();
  await help.coped('status', '--help');
  const [, keys = ''] = /Keys of --json: ([\s\S]*) \(about,/.exec(help.output()) ?? [];
  const promised = keys
    .replace(/\(.*?\)/gs, '')
    .split(/[\s,;]+|\band\b/)
    .filter(Boolean);
  expect(Object.keys(found).sort()).toEqual(promised.sort());
  const { components, ...rest } = found;
  expect({ ...rest, components: components.slice(0, 1) }).toMatchSnapshot();
});

test('each problem of --json has what --help promises, and nothing besides', async () => {
  const cluster = new Healthy();
  cluster.breakPod('web', { phase: 'Pending' });
  const { problems } = JSON.parse((await cluster.status('--json')).output);
  expect(problems.map(Object.keys)).toEqual([['about', 'reason', 'next']]);
});

test('of Secrets, only the public certificate is read; nothing is changed', async () => {
  const { calls } = await new Healthy().status();
  const columns = /^get secrets .*custom-columns=NAME:\.metadata\.name,CERTIFICATE:\.data\.tls\\\.crt$/;
  for (const { line } of calls.filter(({ line }) => /secret/i.test(line))) expect(line).toMatch(columns);
  for (const { line } of calls) expect(line).toMatch(/^(config|get|exec) /);
});

test.each([
  ['2026-12-17T00:00:01Z', 'problems', 0],
  ['2026-12-19T00:00:00Z', 'warnings', 2],
  ['2027-01-02T12:00:00Z', 'problems', 2],
  ['2024-12-31T00:00:00Z', 'problems', 2],
] as const)('certificates at %s: %s', async (time, level, count) => {
  const world = new Healthy().world();
  const kubectl = new Kubectl('c', 'coped-production', world.execute);
  const found = await look(kubectl, environmentNamed(world, 'production'), new Date(time));
  expect(found[level].filter(({ reason }) => reason.includes('certificate'))).toHaveLength(count);
});

describe('what runs for longer than a minute', () => {
  const since = (seconds: number) =>
    new Date(Date.parse('2026-01-02T03:04:05Z') - seconds * 1000).toISOString();
  const broken = {
    'an init container': (startedAt: string, cluster: Healthy) =>
      cluster.breakPod('web', {
        phase: 'Pending',
        initContainerStatuses: [{ name: 'prepare', state: { running: { startedAt } } }],
      }),
    'a Job': (startedAt: string, cluster: Healthy) => {
      const job = cluster.get('Job');
      Object.assign(job, { status: {} });
      const labels = { 'batch.kubernetes.io/job-name': job.metadata.name };
      const containerStatuses = [{ name: 'prepare', state: { running: { startedAt } } }];
      const conditions = [{ type: 'Ready', status: 'True' }];
      cluster.add({
        kind: 'Pod',
        metadata: { name: 'web-0', creationTimestamp: MADE, labels },
        status: { phase: 'Running', conditions, containerStatuses },
      });
    },
  };

  test.each(Object.entries(broken))('%s: the last line of its log says why', async (_, damage) => {
    const cluster = new Healthy().when(/^logs /, 'waiting for elasticsearch: refused\n');
    damage(since(90), cluster);
    const { output, calls } = await cluster.status();
    expect(output).toMatch(
      /: prepare has been running for 90 s, and says "waiting for elasticsearch: refused"/,
    );
    expect(output).toMatch(/More of its log: `kubectl .*logs web-0 --container=prepare --tail=20`/);
    expect(output).not.toContain('Wait a moment');
    const logs = calls.filter(({ line }) => line.startsWith('logs')).map(({ line }) => line);
    expect(logs).toEqual(['logs web-0 --container=prepare --tail=1']);
  });

  test.each(Object.entries(broken))('%s: not within the first minute', async (_, damage) => {
    const cluster = new Healthy();
    damage(since(50), cluster);
    expect((await cluster.status()).output).toContain('Wait a moment');
  });

  test.each([
    ['nothing', ''],
    ['no answer', { code: 1, stderr: 'not found' }],
  ])('%s in its log is said, too', async (_, log) => {
    const cluster = new Healthy().when(/^logs /, log);
    broken['an init container'](since(90), cluster);
    const { output } = await cluster.status();
    expect(output).toContain('prepare has been running for 90 s, and has said nothing');
  });
});
