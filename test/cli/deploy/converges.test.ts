import type { Kubectl } from '../../../cli/cluster/kubectl';
import { isHeld, isOver } from '../../../cli/cluster/lease/lease-object';
import { earlier } from '../../../cli/deploy/rollback';
import { recordsOf } from '../../../cli/release/records';
import type { Release } from '../../../cli/release/release';
import { sample } from '../../counts';
import type { Manifest } from '../../manifest';
import type { Given } from '../fake-object';
import { type Fault, ReleaseCluster } from '../release/fake-cluster';
import { changesOf, config, deployed, mockClock, NEW, OLD, plainly, run, runs } from '../release/running';

// The promise: whatever goes wrong at whichever call, the same command, run again, has the result of an undisturbed run.

jest.mock('node:timers/promises', () => ({ setTimeout: async () => mockClock.pass(1) }));
jest.spyOn(Date, 'now').mockImplementation(() => mockClock.now);

const numberOf = ({ metadata }: Given): string | undefined => metadata.labels?.['coped.org/release'];
const isRecord = (object: Given): boolean => numberOf(object) !== undefined;

/** Everything without numbers and times, which differ between runs. */
function stateOf({ objects }: ReleaseCluster) {
  const lease = objects.find(({ kind }) => kind === 'Lease');
  const recorded = objects
    .filter(isRecord)
    .sort((a, b) => Number(numberOf(a)) - Number(numberOf(b)))
    .map(({ metadata, data }) => [metadata.annotations['coped.org/status'], data.digest]);
  return {
    objects: objects
      .filter((one) => one.kind !== 'Lease' && !isRecord(one))
      .map((one) => ({ ...one, metadata: { ...one.metadata, resourceVersion: '' } }))
      .sort((a, b) => (`${a.kind}${a.metadata.name}` < `${b.kind}${b.metadata.name}` ? -1 : 1)),
    // One that could not be given back runs out.
    busy: lease && isHeld(lease) && !isOver(lease, new Date(mockClock.now)),
    // A failed or interrupted attempt before the last is recorded as well.
    records: recorded.filter(([status], i, all) => status === 'deployed' || i === all.length - 1),
  };
}

interface Scenario {
  readonly name: string;
  readonly before: () => Promise<ReleaseCluster>;
  readonly what: readonly Manifest[] | ((kubectl: Kubectl) => Promise<Release>);
}

const scenarios: readonly Scenario[] = [
  { name: 'a first release', before: async () => new ReleaseCluster(), what: OLD },
  { name: 'a new release', before: deployed, what: NEW },
  {
    name: 'a release over plain kubectl apply',
    before: async () => {
      const cluster = new ReleaseCluster();
      await plainly(cluster, OLD);
      return cluster;
    },
    what: NEW,
  },
  {
    name: 'a rollback',
    before: async () => {
      const cluster = await deployed();
      await run(cluster, NEW);
      return cluster;
    },
    what: async (kubectl: Kubectl) => earlier(await recordsOf(kubectl)),
  },
];

const FAULTS: readonly Fault[] = ['refused', 'lost', 'down', 'interrupted', 'interrupted-half', 'killed'];

describe.each(scenarios)('$name', ({ name, before, what }) => {
  let start: ReleaseCluster;
  beforeAll(async () => {
    start = await before();
  });

  test('undisturbed, it deploys; twice, it changes nothing', async () => {
    const cluster = start.copy();
    expect(await run(cluster, what)).toBe('deployed');
    const state = stateOf(cluster);
    expect(cluster.get('Lease').spec.holderIdentity).toBeNull();
    expect(state.records.at(-1)?.[0]).toBe('deployed');
    if (name === 'a new release')
      expect(state.objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual([
        'ConfigMap/a',
        'ConfigMap/c',
        'Deployment/web',
        'Job/boot-2',
        'Namespace/coped-staging',
        'NetworkPolicy/new',
      ]);
    expect(await run(cluster, what)).toBe('deployed');
    expect(changesOf(cluster)).toEqual([]);
    expect(stateOf(cluster)).toEqual(state);
  });

  test.each(FAULTS)('%s at any call, it converges', async (how) => {
    const undisturbed = start.copy();
    await run(undisturbed, what);
    const expected = stateOf(undisturbed);
    const count = undisturbed.calls.length;
    expect(count).toBeGreaterThan(10);
    for (const at of sample([...Array(count).keys()], 5, FAULTS.indexOf(how))) {
      const cluster = start.copy();
      cluster.fault = { at, how };
      await run(cluster, what);
      const call = cluster.calls[at];
      cluster.fault = undefined;
      // A machine without power keeps the lease until it runs out.
      const again = await run(cluster, what);
      expect({ call, again, ...stateOf(cluster) }).toEqual({ call, again: 'deployed', ...expected });
    }
  });
});

test.each([
  ['killed', 'pending', ['1', '2']],
  ['refused', 'failed', ['1', '2', '3']],
] as const)('an apply that is %s leaves a record that is %s; only a pending one is continued', async (how, status, numbers) => {
  const cluster = await deployed();
  const undisturbed = cluster.copy();
  await run(undisturbed, NEW);
  const at = undisturbed.calls.findIndex((call) => /^apply --server-side (?!.*dry-run)/.test(call));
  cluster.fault = { at, how };
  await run(cluster, NEW);
  expect(cluster.get('ConfigMap', 'coped-release-2').metadata.annotations['coped.org/status']).toBe(status);
  cluster.fault = undefined;
  await run(cluster, NEW);
  expect(cluster.objects.filter(isRecord).map(numberOf)).toEqual(numbers);
});

test('over plain kubectl apply, fields that are no longer described are removed, and other objects stay', async () => {
  const cluster = new ReleaseCluster();
  await plainly(cluster, [...OLD, config('other', {})]);
  const { said } = await runs(cluster, NEW);
  expect(said).toContain('data.gone');
  expect(cluster.get('ConfigMap', 'a').data).toEqual({ one: '2' });
  expect(cluster.names).toContain('ConfigMap/other');
});
