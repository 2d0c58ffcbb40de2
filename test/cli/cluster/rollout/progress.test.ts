import type { ApiObject } from '../../../../cli/cluster/kubectl';
import { deployment, logs, object, pictures, pod, replicaSet, waitingFor, watch } from './fakes';

// One look, whose answer is shown at once: how often it looks, and when it says what, is tested elsewhere.
jest.mock('../../../../cli/cluster/waiting', () => ({
  until: async (step: { progress: (text: string) => void }, _: string, look: () => Promise<string>) =>
    step.progress(await look()),
}));

const NOW = Date.parse('2026-01-02T03:04:05Z');
const running = (name: string, seconds: number) => [
  { name, state: { running: { startedAt: new Date(NOW - seconds * 1000).toISOString() } } },
];
const preparing = (seconds: number) => pod({ initContainerStatuses: running('copy-code', seconds) });

/** What is shown of a workload and its pod, whose log ends with this line. */
async function shown(workload: ApiObject, itsPod: ApiObject, lastLine: string) {
  const { world, result } = watch(`${workload.kind}/${workload.metadata.name}`, [
    logs(`${lastLine}\n`),
    pictures([workload, replicaSet(), itsPod]),
  ]);
  await result;
  const [first = ''] = world.errors().split('\n');
  return first.replace(/^.*? in n: /, '');
}

test.each([
  'waiting for elasticsearch: connection refused',
  'still there; next try: in 5 s',
  'he said "no": again',
])('after a minute the last line of the log is shown, whole: %s', async (line) => {
  const text = await shown(deployment(), preparing(90), line);
  expect(text).toBe(`web (copy-code has been running for 90 s, and says "${line}")`);
});

test.each([
  'not yet: python manage.py flush --noinput',
  "Hint: Look at the output of 'django-admin sqlflush'. That's the SQL this command wasn't able to run.",
])('tables of another application are named, where they are not flushed: %s', async (line) => {
  const text = await shown(deployment(), preparing(90), line);
  expect(text).toMatch(/If another application has filled its database: `npx coped down \w+ --data`\.\)$/);
});

test('of a Job as well', async () => {
  const job = object('Job', 'bootstrap');
  const labels = { 'batch.kubernetes.io/job-name': 'bootstrap' };
  const status = { phase: 'Running', containerStatuses: running('index', 90) };
  const text = await shown(job, object('Pod', 'a', { metadata: { name: 'a', labels }, status }), 'waiting');
  expect(text).toBe('bootstrap (index has been running for 90 s, and says "waiting")');
});

test('of other reasons only the beginning is shown', async () => {
  const broken = pod(waitingFor('ImagePullBackOff', 'Back-off pulling image "x": timeout; again'));
  expect(await shown(deployment(), broken, '')).toBe('web (the image web:2 cannot be pulled)');
});
