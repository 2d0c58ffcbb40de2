import type { ApiObject, Kubectl } from '../../../cli/cluster/kubectl';
import { isHeld, isOver } from '../../../cli/cluster/lease/lease-object';
import { earlier } from '../../../cli/deploy/rollback';
import { recordsOf } from '../../../cli/release/records';
import type { Release } from '../../../cli/release/release';
import { sample } from '../../counts';
import { FakeCluster, type Fault } from '../release/fake-cluster';
import { config, mockClock, NEW, OLD, plainly, release, run } from '../release/running';

// The promise: whatever goes wrong at whichever call, the same command, run again, gives what an undisturbed run gives.

jest.mock('node:timers/promises', () => ({ setTimeout: async () => mockClock.pass(1) }));
jest.spyOn(Date, 'now').mockImplementation(() => mockClock.now);

const rollback = async (kubectl: Kubectl) => earlier(await recordsOf(kubectl));
const isBusy = (lease: ApiObject): boolean => isHeld(lease) && !isOver(lease, new Date(mockClock.now));

/** Everything but what is different for every run: numbers and times. */
const stateOf = (cluster: FakeCluster) => ({
  objects: [...cluster.objects.values()]
    .map((one) => one.render())
    .filter(({ kind, metadata }) => kind !== 'Lease' && !metadata.labels?.['coped.org/release'])
    .sort((a, b) => (`${a.kind}${a.metadata.name}` < `${b.kind}${b.metadata.name}` ? -1 : 1)),
  // One that could not be given back runs out.
  busy: isBusy(cluster.objects.get('Lease coped-deploy')?.render()),
  // What failed or was left half way is remembered as that, before the last.
  records: [...cluster.objects.values()]
    .map((one) => one.render())
    .filter(({ metadata }) => metadata.labels?.['coped.org/release'])
    .sort((a, b) => a.metadata.labels['coped.org/release'] - b.metadata.labels['coped.org/release'])
    .map(({ metadata, data }) => [metadata.annotations['coped.org/status'], data.digest])
    .filter(([status], i, all) => status === 'deployed' || i === all.length - 1),
});

interface Scenario {
  readonly name: string;
  readonly before: (cluster: FakeCluster) => Promise<unknown>;
  readonly what: (kubectl: Kubectl) => Release | Promise<Release>;
}

const scenarios: readonly Scenario[] = [
  { name: 'a first release', before: async () => {}, what: () => release(OLD) },
  { name: 'a new release', before: (cluster) => run(cluster, () => release(OLD)), what: () => release(NEW) },
  {
    name: 'a release over plain kubectl apply',
    before: (cluster) => plainly(cluster, OLD),
    what: () => release(NEW),
  },
  {
    name: 'a rollback',
    before: async (cluster) => {
      await run(cluster, () => release(OLD));
      await run(cluster, () => release(NEW));
    },
    what: rollback,
  },
];

const FAULTS: readonly Fault[] = ['refused', 'lost', 'down', 'interrupted', 'interrupted-half', 'killed'];

const starts = new Map<Scenario, FakeCluster>();

async function prepared(scenario: Scenario): Promise<FakeCluster> {
  const start = starts.get(scenario) ?? new FakeCluster();
  if (!starts.has(scenario)) await scenario.before(start);
  starts.set(scenario, start);
  return start.copy();
}

describe.each(scenarios)('$name', (scenario) => {
  test('undisturbed, it deploys; twice, it changes nothing', async () => {
    const cluster = await prepared(scenario);
    expect(await run(cluster, scenario.what)).toBe('deployed');
    const state = stateOf(cluster);
    expect(cluster.objects.get('Lease coped-deploy')?.render().spec.holderIdentity).toBeNull();
    expect(state.records.at(-1)?.[0]).toBe('deployed');
    const names = state.objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    if (scenario.name === 'a new release')
      expect(names).toEqual([
        'ConfigMap/a',
        'ConfigMap/c',
        'Deployment/web',
        'Job/boot-2',
        'Namespace/coped-staging',
        'NetworkPolicy/new',
      ]);
    expect(await run(cluster, scenario.what)).toBe('deployed');
    expect(cluster.calls.filter((call) => !/^get|--dry-run/.test(call))).toEqual([]);
    expect(stateOf(cluster)).toEqual(state);
  });

  test.each(FAULTS)('%s at any call, it converges', async (how) => {
    const undisturbed = await prepared(scenario);
    await run(undisturbed, scenario.what);
    const expected = stateOf(undisturbed);
    const count = undisturbed.calls.length;
    expect(count).toBeGreaterThan(10);
    for (const at of sample([...Array(count).keys()], 5, FAULTS.indexOf(how))) {
      const cluster = await prepared(scenario);
      cluster.fault = { at, how };
      await run(cluster, scenario.what);
      const call = cluster.calls[at];
      cluster.fault = undefined;
      // Whoever lost power holds the lease until its time is over.
      const again = await run(cluster, scenario.what);
      expect({ call, again, ...stateOf(cluster) }).toEqual({ call, again: 'deployed', ...expected });
    }
  });
});

test('a field that plain kubectl apply has set and nobody describes any more is gone', async () => {
  const cluster = new FakeCluster();
  await plainly(cluster, OLD);
  await run(cluster, () => release(NEW));
  expect(cluster.objects.get('ConfigMap a')?.render().data).toEqual({ one: '2' });
});

test('what was in the cluster before, and is of no record, stays', async () => {
  const cluster = new FakeCluster();
  await plainly(cluster, [...OLD, config('stranger', {})]);
  await run(cluster, () => release(NEW));
  expect(cluster.objects.has('ConfigMap stranger')).toBe(true);
});
