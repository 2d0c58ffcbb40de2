import { canary } from '../../../cli/doctor/canary';
import { callerPod, listenerPod } from '../../../cli/doctor/canary-objects';
import { clusterOf, environmentNamed } from '../../../cli/world';
import { type Pod, violations } from '../../../lib/pod-security/violations';
import { type Answer, fakeWorld } from '../fake-world';

const READY = { phase: 'Running', podIP: '10.0.0.1', conditions: [{ type: 'Ready', status: 'True' }] };
const pods = ['listener', 'caller'].map((name) => ({ metadata: { name }, status: READY }));

/** @param hears what a call ends with while the policy is there, and while it is not */
function network(hears: (denied: boolean) => string): Answer {
  let denied = false;
  return ({ line, options }) => {
    if (line === 'get --output=json pods') return { items: pods };
    if (line === 'get --output=json pod listener') return pods[0];
    if (line.startsWith('apply') && String(options.input).includes('NetworkPolicy')) denied = true;
    if (line.startsWith('delete networkpolicy')) denied = false;
    if (line.startsWith('exec')) return hears(denied);
    return /^(create|apply|delete)/.test(line) ? 'done' : undefined;
  };
}

async function tryOn(...answers: Answer[]) {
  const world = fakeWorld(...answers);
  const development = environmentNamed(world, 'development');
  const finding = canary(world, await clusterOf(world, development), development);
  return { world, finding };
}

const removals = ({ calls }: ReturnType<typeof fakeWorld>) =>
  calls.filter(({ line }) => line.startsWith('delete namespace coped-doctor-'));

beforeEach(() => jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] }));
afterEach(() => jest.useRealTimers());

/** Lets the time of waiting pass at once. */
async function patiently<T>(awaited: Promise<T>): Promise<T> {
  let settled = false;
  const end = () => {
    settled = true;
  };
  awaited.then(end, end);
  while (!settled) await jest.advanceTimersByTimeAsync(1000);
  return awaited;
}

test.each<[string, (denied: boolean) => string, string, RegExp]>([
  ['enforced', (denied) => (denied ? 'stopped' : 'connected'), 'ok', /^enforced/],
  ['ignored', () => 'connected', 'problem', /accepted and ignored/],
  ['nothing gets through at all', () => 'stopped', 'problem', /cannot reach each other although no policy/],
  ['the call itself fails: that proves nothing', () => 'perl: not found', 'problem', /although no policy/],
])('%s', async (_, hears, level, text) => {
  const { world, finding } = await tryOn(network(hears));
  const { found, ...rest } = await patiently(finding);
  expect(rest.level).toBe(level);
  expect(found).toMatch(text);
  expect(removals(world)).toHaveLength(1);
});

test('stopped once and for ever: it was not the policy', async () => {
  let called = 0;
  const { finding } = await tryOn(network(() => (called++ === 0 ? 'connected' : 'stopped')));
  expect(await patiently(finding)).toMatchObject({
    level: 'warning',
    found: expect.stringContaining('still is without'),
  });
});

test('who may make no namespace is told so', async () => {
  const denied: Answer = ({ line }) =>
    line.startsWith('create') ? { code: 1, stderr: 'Error: namespaces is forbidden' } : undefined;
  const { finding } = await tryOn(
    denied,
    network(() => 'connected'),
  );
  expect(await patiently(finding)).toMatchObject({
    level: 'warning',
    found: expect.stringContaining('is forbidden'),
  });
});

test('whatever fails, and after ctrl-C as well, the namespace is removed', async () => {
  const broken: Answer = ({ line }) => (line.startsWith('apply') ? { code: 1, stderr: 'quota' } : undefined);
  const { world, finding } = await tryOn(
    broken,
    network(() => 'connected'),
  );
  expect(await patiently(finding)).toMatchObject({
    level: 'warning',
    found: expect.stringContaining('quota'),
  });
  expect(removals(world)[0]?.options.evenIfInterrupted).toBe(true);
});

test('its pods are allowed where everything is restricted', () => {
  for (const pod of [listenerPod('postgres'), callerPod('postgres')]) {
    expect(violations(pod as Pod)).toEqual([]);
  }
});
