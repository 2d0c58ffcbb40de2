import type { ApiObject } from '../../../../cli/cluster/kubectl';
import { deployment, logs, object, pictures, pod, replicaSet, waitingFor, watch } from './fakes';

// One look, whose answer is shown at once: how often it looks, and when it says what, is tested elsewhere.
jest.mock('../../../../cli/cluster/waiting', () => ({
  until: async (step: { progress: (text: string) => void }, _: string, look: () => Promise<string>) =>
    step.progress(await look()),
}));

const JOB = object('Job', 'bootstrap', { status: { active: 1 } });
const NOW = Date.parse('2026-01-02T03:04:05Z');
const running = (name: string, seconds: number) => [
  { name, state: { running: { startedAt: new Date(NOW - seconds * 1000).toISOString() } } },
];
const preparing = (seconds: number) => pod({ initContainerStatuses: running('copy-code', seconds) });
const ofJob = (seconds: number): ApiObject => ({
  kind: 'Pod',
  metadata: { name: 'web-1-a', uid: 'x', labels: { 'batch.kubernetes.io/job-name': 'bootstrap' } },
  status: { phase: 'Running', containerStatuses: running('index', seconds) },
});

/** What is shown of a workload and its pod, whose log ends with this line; and the logs that were read. */
async function shown(workload: ApiObject, itsPod: ApiObject, lastLine: string) {
  const { world, result } = watch(`${workload.kind}/${workload.metadata.name}`, [
    logs(`${lastLine}\n`),
    pictures([workload, replicaSet(), itsPod]),
  ]);
  await result;
  const read = world.calls.filter(({ line }) => line.startsWith('logs ')).map(({ line }) => line);
  return {
    text: world
      .errors()
      .split('\n')[0]
      ?.replace(/^.*? in n: /, ''),
    read,
  };
}

test.each([
  ['an init container', deployment(), preparing, 'web', 'copy-code'],
  ['a Job', JOB, ofJob, 'bootstrap', 'index'],
])('%s: after a minute the last line of its log is shown', async (_, workload, since, name, container) => {
  const { text, read } = await shown(workload, since(90), 'waiting');
  expect(text).toBe(`${name} (${container} has been running for 90 s, and says "waiting")`);
  expect(read).toEqual([`logs web-1-a --container=${container} --tail=1`]);
});

test.each([
  'waiting for elasticsearch: connection refused',
  'still there; next try: in 5 s',
  'he said "no": again',
])('the line stays whole: %s', async (line) => {
  const { text } = await shown(deployment(), preparing(90), line);
  expect(text).toBe(`web (copy-code has been running for 90 s, and says "${line}")`);
});

test.each([
  ['an init container', deployment(), preparing],
  ['a Job', JOB, ofJob],
])('%s: no log is read within the first minute', async (_, workload, since) => {
  const { text, read } = await shown(workload, since(50), 'waiting');
  expect(text).not.toContain('says');
  expect(read).toEqual([]);
});

test('only the beginning of other reasons is shown', async () => {
  const broken = pod(waitingFor('ImagePullBackOff', 'Back-off pulling image "x": timeout; again'));
  expect((await shown(deployment(), broken, '')).text).toBe('web (the image web:2 cannot be pulled)');
});
