import { PassThrough } from 'node:stream';
import { type ApiObject, Kubectl } from '../../../cli/cluster/kubectl';
import { deploy } from '../../../cli/release/deploy';
import { isHeld, isOver } from '../../../cli/release/lease-object';
import { recordsOf } from '../../../cli/release/records';
import type { Release } from '../../../cli/release/release';
import { earlier } from '../../../cli/release/rollback';
import { Terminal } from '../../../cli/terminal';
import { environmentNamed } from '../../../cli/world';
import type { Manifest } from '../../../lib/checks/check';
import { fakeWorld } from '../fake-world';
import { FakeCluster, type Fault } from './fake-cluster';

// The promise: whatever goes wrong at whichever call, the same command, run again, gives what an undisturbed run gives.

let clock = Date.parse('2026-01-02T03:04:05Z');
const mockPass = () => {
  clock += 1000;
};
jest.mock('node:timers/promises', () => ({ setTimeout: async () => mockPass() }));
jest.spyOn(Date, 'now').mockImplementation(() => clock);

const LABELS = { 'app.kubernetes.io/part-of': 'coped', 'app.kubernetes.io/instance': 'staging' };
const object = (apiVersion: string, kind: string, name: string, rest: object): Manifest => ({
  apiVersion,
  kind,
  metadata: { name, labels: LABELS, ...(kind !== 'Namespace' && { namespace: 'coped-staging' }) },
  ...rest,
});
const namespace = object('v1', 'Namespace', 'coped-staging', { spec: { finalizers: ['kubernetes'] } });
const config = (name: string, data: object) => object('v1', 'ConfigMap', name, { data });
const deployment = (name: string, image: string) =>
  object('apps/v1', 'Deployment', name, {
    spec: {
      replicas: 1,
      template: {
        metadata: { labels: { name } },
        spec: {
          containers: [
            {
              name,
              image,
              env: [{ name: 'KEY', valueFrom: { secretKeyRef: { name: 'django', key: 'secret-key' } } }],
            },
          ],
        },
      },
    },
  });
const job = (name: string) =>
  object('batch/v1', 'Job', name, { spec: { template: { spec: { containers: [] } } } });
const policy = (name: string) =>
  object('networking.k8s.io/v1', 'NetworkPolicy', name, { spec: { podSelector: {} } });

const OLD = [
  namespace,
  policy('old'),
  config('a', { one: '1', gone: 'x' }),
  config('b', {}),
  deployment('web', 'web:1'),
  deployment('old', 'old:1'),
  job('boot-1'),
];
const NEW = [
  namespace,
  policy('new'),
  config('a', { one: '2' }),
  config('c', { x: 'y' }),
  deployment('web', 'web:2'),
  job('boot-2'),
];
const release = (manifests: readonly Manifest[]): Release => ({
  manifests,
  origin: 'the sources',
  commit: 'abc',
});

/** One run of the command. */
async function run(
  cluster: FakeCluster,
  what: (kubectl: Kubectl) => Release | Promise<Release>,
): Promise<string> {
  const interruption = new AbortController();
  const execute = cluster.executor(() => interruption.abort());
  const streams = { input: new PassThrough(), output: new PassThrough(), errors: new PassThrough() };
  const world = {
    ...fakeWorld(),
    execute,
    terminal: new Terminal(streams),
    signal: interruption.signal,
    now: () => new Date(clock),
  };
  const kubectl = new Kubectl('coped-staging', 'coped-staging', execute);
  const consent = { yes: true, context: 'coped-staging' };
  try {
    await deploy(world, kubectl, environmentNamed(world, 'staging'), await what(kubectl), consent);
    return 'deployed';
  } catch (error) {
    return (error as Error).message || 'interrupted';
  } finally {
    clock += 60_000;
  }
}

const rollback = async (kubectl: Kubectl) => earlier(await recordsOf(kubectl));
const plainly = (cluster: FakeCluster, manifests: readonly Manifest[]) =>
  cluster.executor(() => {})('kubectl', ['apply', '--filename=-'], {
    input: JSON.stringify({ items: manifests }),
  });

const isBusy = (lease: ApiObject): boolean => isHeld(lease) && !isOver(lease, new Date(clock));

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
    for (let at = 0; at < count; at += 1) {
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
