import type { ApiObject } from '../../../cli/cluster/kubectl';
import { Kubectl } from '../../../cli/cluster/kubectl';
import { untilReady } from '../../../cli/laptop/ready';
import { fakeWorld } from '../fake-world';

// One look, whose answer is told at once: how often it looks, and when it says what, is not for here.
jest.mock('../../../cli/cluster/waiting', () => ({
  ...jest.requireActual('../../../cli/cluster/waiting'),
  until: async (step: { progress: (text: string) => void }, _: string, look: () => Promise<string>) =>
    step.progress(await look()),
}));

const labels = { app: 'x' };
const spec = { selector: { matchLabels: labels } };
const WEB = { kind: 'Deployment', metadata: { name: 'web', generation: 1 }, spec, status: {} };
const JOB = { kind: 'Job', metadata: { name: 'bootstrap' }, spec, status: { active: 1 } };

const running = (name: string, seconds: number) => [
  { name, state: { running: { startedAt: new Date(Date.now() - seconds * 1000).toISOString() } } },
];
const pod = (status: object, more: object = {}): ApiObject => ({
  kind: 'Pod',
  metadata: { name: 'pod-1', creationTimestamp: '2026-01-01T00:00:00Z', labels: { ...labels, ...more } },
  status,
});
const preparing = (seconds: number) =>
  pod({ phase: 'Pending', initContainerStatuses: running('copy-code', seconds) });
const ofJob = (seconds: number) =>
  pod(
    { phase: 'Running', containerStatuses: running('index', seconds) },
    { 'batch.kubernetes.io/job-name': 'bootstrap' },
  );

/** What is shown of a workload and its pod, whose log ends with this line; and the logs that were asked for. */
async function shown(workload: ApiObject, itsPod: ApiObject, lastLine: string) {
  const world = fakeWorld(({ line }) =>
    line.startsWith('logs ') ? `${lastLine}\n` : { items: [workload, itsPod] },
  );
  const told: string[] = [];
  const kubectl = new Kubectl('kind-coped', 'coped-development', world.execute);
  const step = { progress: (text: string) => told.push(text) };
  const names = [`${workload.kind}/${workload.metadata.name}`];
  await untilReady(kubectl, step, { environment: 'development', names, own: [], signal: world.signal });
  const logs = world.calls.filter(({ line }) => line.startsWith('logs ')).map(({ line }) => line);
  return { told: told.join('\n'), logs };
}

test.each([
  ['an init container', WEB, preparing, 'web', 'copy-code'],
  ['a Job', JOB, ofJob, 'bootstrap', 'index'],
])('%s: after a minute the last line of its log stands beside it', async (_, workload, since, name, container) => {
  const { told, logs } = await shown(workload, since(90), 'waiting');
  expect(told).toBe(`${name} (${container} has been running for 90 s, and says "waiting")`);
  expect(logs).toEqual([`logs pod-1 --container=${container} --tail=1`]);
});

test.each([
  'waiting for elasticsearch: connection refused',
  'still there; next try: in 5 s',
  'he said "no": again',
])('the line stays whole: %s', async (line) => {
  const { told } = await shown(WEB, preparing(90), line);
  expect(told).toBe(`web (copy-code has been running for 90 s, and says "${line}")`);
});

test.each([
  ['an init container', WEB, preparing],
  ['a Job', JOB, ofJob],
])('%s: nothing is asked within the first minute', async (_, workload, since) => {
  const { told, logs } = await shown(workload, since(50), 'waiting');
  expect(told).not.toContain('says');
  expect(logs).toEqual([]);
});

test('only the beginning of other reasons is shown', async () => {
  const waiting = { reason: 'ImagePullBackOff', message: 'Back-off pulling image "x": not found; again' };
  const broken = pod({
    phase: 'Pending',
    containerStatuses: [{ name: 'main', image: 'x', state: { waiting } }],
  });
  expect((await shown(WEB, broken, '')).told).toMatch(/^web \([^:;]+\)$/);
});
