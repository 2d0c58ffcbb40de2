import type { ApiObject } from '../../../cli/cluster/kubectl';
import { breakPod, type Cluster, healthy, MADE, worldOf } from './fake-cluster';

// What waits for longer than a moment says itself what it waits for.

const SECONDS_AGO = (seconds: number) =>
  new Date(Date.parse('2026-01-02T03:04:05Z') - seconds * 1000).toISOString();

async function said(
  spoil: (cluster: Cluster) => void,
  log: object | string = 'older\nwaiting for elasticsearch: refused\n',
) {
  const cluster = healthy();
  spoil(cluster);
  const world = worldOf(cluster, ({ line }) => (line.startsWith('logs') ? log : undefined));
  await world.coped('status', 'production');
  return { output: world.output(), logs: world.calls.filter(({ line }) => line.startsWith('logs')) };
}

const initSince = (startedAt: string) => (c: Cluster) =>
  breakPod(c, 'Deployment', 'web', {
    phase: 'Pending',
    initContainerStatuses: [{ name: 'prepare', state: { running: { startedAt } } }],
  });

/** The first bootstrap Job, and its pod, which runs. */
function jobSince(startedAt: string) {
  return (c: Cluster) => {
    const job: ApiObject = c.objects.find(({ kind }) => kind === 'Job');
    job.status = { active: 1 };
    c.objects.push({
      kind: 'Pod',
      metadata: {
        name: 'job-1',
        creationTimestamp: MADE,
        labels: { 'batch.kubernetes.io/job-name': job.metadata.name },
      },
      status: {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'True' }],
        containerStatuses: [{ name: 'bootstrap', state: { running: { startedAt } } }],
      },
    });
  };
}

test.each([
  [
    'an init container',
    initSince,
    /web-0: prepare has been running for 90 s, and says "waiting for elasticsearch: refused"/,
  ],
  [
    'a Job',
    jobSince,
    /Job\/\S+: bootstrap has been running for 90 s, and says "waiting for elasticsearch: refused"/,
  ],
])('%s after a minute: the last line of its log, and where the rest is', async (_, since, reason) => {
  const { output, logs } = await said(since(SECONDS_AGO(90)), 'waiting for elasticsearch: refused\n');
  expect(output).toMatch(reason);
  expect(output).toMatch(/More of its log: `kubectl .*logs (web-0|job-1) --container=\w+ --tail=20`/);
  expect(output).not.toContain('Wait a moment');
  expect(logs.map(({ line }) => line)).toEqual([
    expect.stringMatching(/^logs (web-0|job-1) --container=\w+ --tail=1$/),
  ]);
});

test.each([initSince, jobSince])('not within the first minute', async (since) => {
  const { output, logs } = await said(since(SECONDS_AGO(50)));
  expect(output).toContain('Wait a moment');
  expect(logs).toEqual([]);
});

test.each([
  ['nothing', ''],
  ['no answer', { code: 1, stderr: 'not found' }],
])('%s in its log is said, too', async (_, log) => {
  const { output } = await said(initSince(SECONDS_AGO(90)), log);
  expect(output).toContain('prepare has been running for 90 s, and has said nothing');
});
