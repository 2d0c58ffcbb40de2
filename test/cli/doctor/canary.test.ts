import { type Pod, violations } from '../../../checker/pod-security/violations';
import { clusterOf, environmentNamed } from '../../../cli/cluster/environment';
import { canary } from '../../../cli/doctor/canary';
import { callerPod, listenerPod } from '../../../cli/doctor/canary-objects';
import { Machine, node } from './machine';

beforeEach(() => jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] }));
afterEach(() => jest.useRealTimers());

const NODES = { selector: { pool: 'coped' }, tolerations: [{ key: 'pool', value: 'coped' }] };

/** What is found out with two pods; the time of waiting passes at once. */
async function findings(machine: Machine, settings: object = {}) {
  const world = machine.world();
  const development = { ...environmentNamed(world, 'development'), ...settings };
  const found = canary(world, await clusterOf(world, development), development);
  let settled = false;
  const end = () => {
    settled = true;
  };
  found.then(end, end);
  while (!settled) await jest.advanceTimersByTimeAsync(1000);
  const removals = world.calls.filter(({ line }) => line.startsWith('delete namespace coped-doctor-'));
  expect(removals.map(({ options }) => options.evenIfInterrupted)).toEqual([true]);
  const pods = machine.applied.flat().filter(({ kind }) => kind === 'Pod');
  const by = new Map((await found).map((one) => [one.about, one]));
  return {
    names: by.get('names in the cluster'),
    policies: by.get('network policies'),
    all: await found,
    pods,
  };
}

test.each<[string, (isDenied: boolean) => string, string, RegExp]>([
  ['enforced', (isDenied) => (isDenied ? 'stopped' : 'connected'), 'ok', /^enforced/],
  ['ignored', () => 'connected', 'problem', /accepted and ignored/],
  ['nothing gets through at all', () => 'stopped', 'problem', /cannot reach each other although no policy/],
  ['the call itself fails: that proves nothing', () => 'perl: not found', 'problem', /although no policy/],
])('%s', async (_, call, level, text) => {
  const { policies } = await findings(Object.assign(new Machine(), { call }));
  expect(policies).toMatchObject({ level, found: expect.stringMatching(text) });
});

test('stopped once and for ever: it was not the policy', async () => {
  let isStopped = false;
  const call = (isDenied: boolean) => {
    isStopped ||= isDenied;
    return isStopped ? 'stopped' : 'connected';
  };
  const { policies } = await findings(Object.assign(new Machine(), { call }));
  expect(policies).toMatchObject({ level: 'warning', found: expect.stringContaining('still is without') });
});

test.each([
  ['you may make no namespace', /^create/, 'Error: namespaces is forbidden'],
  ['the pods are not accepted', /^apply/, 'exceeded quota'],
])('%s: a warning says so', async (_, line, stderr) => {
  const { policies } = await findings(new Machine().fail(line, stderr));
  expect(policies).toMatchObject({ level: 'warning', found: expect.stringContaining(stderr) });
});

test('its pods are allowed where everything is restricted', () => {
  for (const pod of [listenerPod('postgres', NODES), callerPod('postgres', NODES, true)])
    expect(violations(pod as Pod)).toEqual([]);
});

test('where there are two machines, each has one of the pods', async () => {
  const { names, pods } = await findings(new Machine().add(node('node-2')));
  expect(names).toMatchObject({ level: 'ok', found: expect.stringContaining('on node-1 and node-2') });
  expect(JSON.stringify(pods)).toContain('podAntiAffinity');
});

test.each([
  ['one node', ['node-2']],
  ['two nodes', ['node-2', 'node-3']],
])('where the environment has %s of its own, its pods are on those', async (_, labelled) => {
  const machine = new Machine();
  for (const name of ['node-2', 'node-3']) {
    const { metadata, spec, ...rest } = node(name);
    const labels = labelled.includes(name) ? NODES.selector : {};
    machine.add({
      ...rest,
      metadata: { ...metadata, labels },
      spec: { ...spec, taints: [{ key: 'pool', value: 'coped', effect: 'NoSchedule' }] },
    });
  }
  const { pods } = await findings(machine, { cluster: { nodes: NODES } });
  expect(JSON.stringify(pods)).toContain(
    '"nodeSelector":{"pool":"coped"},"tolerations":[{"operator":"Equal","key":"pool","value":"coped"}]',
  );
  expect(JSON.stringify(pods).includes('podAntiAffinity')).toBe(labelled.length > 1);
});

test('where its packets do not come over from another machine, it is the network between them', async () => {
  const machine = Object.assign(new Machine(), { call: () => 'stopped' }).add(node('node-2'));
  const { policies } = await findings(machine);
  const [found, next] = ['on node-1 and node-2, cannot reach', 'Check the network between the nodes'];
  expect(policies).toMatchObject({
    found: expect.stringContaining(found),
    next: expect.stringContaining(next),
  });
});

test.each([
  ['takes no pods', { unschedulable: true }],
  [
    'is for the control plane',
    { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] },
  ],
])('a second machine that %s does not count: a pod would wait for ever', async (_, spec) => {
  const { names, pods } = await findings(new Machine().add(node('node-2', spec)));
  expect(names).toMatchObject({ level: 'ok' });
  expect(JSON.stringify(pods)).not.toContain('podAntiAffinity');
});

test.each([
  ['caller', 'node-2'],
  ['listener', 'node-1'],
])('without DNS on the machine of the %s, it is named; policies are tried all the same', async (broken, machine) => {
  const fine = new Machine().call;
  const call = (isDenied: boolean, from: string, to: string) =>
    from === broken && to === 'listener' ? 'unknown' : fine(isDenied, from, to);
  const { names, policies } = await findings(Object.assign(new Machine(), { call }));
  const found = expect.stringContaining(`a pod on ${machine} cannot resolve`);
  expect(names).toMatchObject({ level: 'problem', found });
  expect(policies).toMatchObject({ level: 'ok' });
});

test('a Service that is found and leads nowhere', async () => {
  const machine = new Machine().when(/^exec .*PeerAddr.* listener$/s, 'stopped');
  const { names } = await findings(machine);
  expect(names).toMatchObject({ level: 'problem', next: expect.stringContaining('kube-proxy') });
});

test('an image that will not come: the reason, and no more waiting', async () => {
  const machine = new Machine().when(/^get .*events/, { items: [] });
  const waiting = { reason: 'ErrImagePull', message: 'docker.io/x:1: not found' };
  machine.statusOf = () => ({
    containerStatuses: [{ name: 'x', image: 'docker.io/x:1', state: { waiting } }],
  });
  const { all } = await findings(machine);
  const found = 'the image docker.io/x:1 cannot be pulled: there is no such image';
  expect(all).toEqual([expect.objectContaining({ about: 'images', level: 'problem', found })]);
});
