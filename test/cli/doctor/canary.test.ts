import { type Pod, violations } from '../../../checker/pod-security/violations';
import { clusterOf, environmentNamed } from '../../../cli/cluster/environment';
import { canary } from '../../../cli/doctor/canary';
import { callerPod, listenerPod } from '../../../cli/doctor/canary-objects';
import type { Finding } from '../../../cli/doctor/finding';
import { type Answer, fakeWorld } from '../fake-world';

const READY = { phase: 'Running', podIP: '10.0.0.1', conditions: [{ type: 'Ready', status: 'True' }] };
const pods = ['listener', 'caller'].map((name, i) => ({
  metadata: { name },
  spec: { nodeName: `node-${i + 1}` },
  status: READY,
}));
const node = (spec: object = {}) => ({ metadata: {}, spec, status: READY });

/** What is found about one thing. */
const about = async (finding: Promise<Finding[]>, what: string) =>
  (await patiently(finding)).find((one) => one.about === what);
const POLICIES = 'network policies';
const NAMES = 'names in the cluster';

/** @param hears what a call ends with while the policy is there, and while it is not */
function network(hears: (denied: boolean) => string): Answer {
  let denied = false;
  return ({ line, options }) => {
    if (line === 'get --output=json pods') return { items: pods };
    if (line === 'get --output=json pod listener') return pods[0];
    if (line === 'get --output=json pod caller') return pods[1];
    if (line === 'get --output=json nodes') return { items: [node()] };
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
  expect(await about(finding, POLICIES)).toMatchObject({ level, found: expect.stringMatching(text) });
  expect(removals(world)).toHaveLength(1);
});

test('stopped once and for ever: it was not the policy', async () => {
  let stopped = false;
  const { finding } = await tryOn(
    network((denied) => {
      stopped ||= denied;
      return stopped ? 'stopped' : 'connected';
    }),
  );
  expect(await about(finding, POLICIES)).toMatchObject({
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
  expect(await about(finding, POLICIES)).toMatchObject({
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
  expect(await about(finding, POLICIES)).toMatchObject({
    level: 'warning',
    found: expect.stringContaining('quota'),
  });
  expect(removals(world)[0]?.options.evenIfInterrupted).toBe(true);
});

test('its pods are allowed where everything is restricted', () => {
  for (const pod of [listenerPod('postgres'), callerPod('postgres', true)]) {
    expect(violations(pod as Pod)).toEqual([]);
  }
});

const enforced = network((denied) => (denied ? 'stopped' : 'connected'));
const called =
  (from: string, name: string, said: string): Answer =>
  ({ line }) =>
    line.startsWith(`exec ${from} `) && line.endsWith(` ${name}`) ? said : undefined;

test('where there are two machines, each has one of the pods', async () => {
  const nodes: Answer = ({ line }) => (line.endsWith(' nodes') ? { items: [node(), node()] } : undefined);
  const { world, finding } = await tryOn(nodes, enforced);
  expect(await about(finding, NAMES)).toMatchObject({
    level: 'ok',
    found: expect.stringContaining('on node-1 and node-2'),
  });
  expect(JSON.stringify(world.calls.map(({ options }) => options.input))).toContain('podAntiAffinity');
});

test.each([
  ['takes no pods', { unschedulable: true }],
  [
    'is for the control plane',
    { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] },
  ],
])('a second machine that %s does not count: a pod would wait for ever', async (_, spec) => {
  const nodes: Answer = ({ line }) => (line.endsWith(' nodes') ? { items: [node(spec), node()] } : undefined);
  const { world, finding } = await tryOn(nodes, enforced);
  expect(await about(finding, NAMES)).toMatchObject({ level: 'ok' });
  expect(JSON.stringify(world.calls.map(({ options }) => options.input))).not.toContain('podAntiAffinity');
});

test.each([
  ['caller', 'node-2'],
  ['listener', 'node-1'],
])('without DNS on the machine of the %s, it is named; policies are tried all the same', async (from, machine) => {
  const { finding } = await tryOn(called(from, 'listener', 'unknown'), enforced);
  const found = await patiently(finding);
  expect(found).toEqual([
    expect.objectContaining({
      about: NAMES,
      level: 'problem',
      found: expect.stringContaining(`a pod on ${machine} does not find`),
    }),
    expect.objectContaining({ about: POLICIES, level: 'ok' }),
  ]);
});

test('a Service that is found and leads nowhere', async () => {
  const stopped: Answer = ({ line }) =>
    line.includes('PeerAddr') && line.endsWith(' listener') ? 'stopped' : undefined;
  const { finding } = await tryOn(stopped, enforced);
  expect(await about(finding, NAMES)).toMatchObject({
    level: 'problem',
    next: expect.stringContaining('kube-proxy'),
  });
});

test('an image that has failed to come twice will not come: the reason, and no more waiting', async () => {
  let looks = 0;
  const waiting = { reason: 'ErrImagePull', message: 'docker.io/x:1: not found' };
  const pod = {
    metadata: { name: 'caller' },
    status: { containerStatuses: [{ image: 'docker.io/x:1', state: { waiting } }] },
  };
  const failing: Answer = ({ line }) => {
    if (line === 'get --output=json pods') return { items: [pod] };
    if (!line.includes('events')) return undefined;
    looks += 1;
    return {
      items: [{ reason: 'Failed', message: 'Failed to pull image "docker.io/x:1"', count: looks }],
    };
  };
  const { world, finding } = await tryOn(failing, enforced);
  expect(await patiently(finding)).toEqual([
    expect.objectContaining({
      about: 'images',
      level: 'problem',
      found: 'the image docker.io/x:1 cannot be pulled: there is no such image',
    }),
  ]);
  expect(looks).toBe(2);
  expect(removals(world)).toHaveLength(1);
});
