import { environmentNamed } from '../../../cli/cluster/environment';
import { Kubectl } from '../../../cli/cluster/kubectl';
import { type Deploying, deploy } from '../../../cli/deploy/deploy';
import type { Release } from '../../../cli/release/release';
import type { CliError } from '../../../cli/terminal/errors';
import type { Manifest } from '../../manifest';
import { fakeWorld } from '../fake-world';
import { ReleaseCluster } from './fake-cluster';

/** A clock that goes on only when something waits. (jest lets its mocks see names that begin like this.) */
export const mockClock = {
  now: Date.parse('2026-01-02T03:04:05Z'),
  pass(seconds: number) {
    mockClock.now += seconds * 1000;
  },
};

/** Changes and nothing else. */
export const changesOf = ({ calls }: ReleaseCluster): string[] =>
  calls.filter((call) => !/^get|--dry-run|^api-resources/.test(call));

export const LABELS = { 'app.kubernetes.io/part-of': 'coped', 'app.kubernetes.io/instance': 'staging' };
export const object = (apiVersion: string, kind: string, name: string, rest: object): Manifest => ({
  apiVersion,
  kind,
  metadata: { name, labels: LABELS, ...(kind !== 'Namespace' && { namespace: 'coped-staging' }) },
  ...rest,
});
export const namespace = object('v1', 'Namespace', 'coped-staging', { spec: { finalizers: ['kubernetes'] } });
export const config = (name: string, data: object) => object('v1', 'ConfigMap', name, { data });
export const deployment = (name: string, image: string) =>
  object('apps/v1', 'Deployment', name, {
    spec: {
      replicas: 1,
      selector: { matchLabels: { name } },
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
export const job = (name: string) =>
  object('batch/v1', 'Job', name, { spec: { template: { spec: { containers: [] } } } });
export const policy = (name: string) =>
  object('networking.k8s.io/v1', 'NetworkPolicy', name, { spec: { podSelector: {} } });

export const OLD = [
  namespace,
  policy('old'),
  config('a', { one: '1', gone: 'x' }),
  config('b', {}),
  deployment('web', 'web:1'),
  deployment('old', 'old:1'),
  job('boot-1'),
];
export const NEW = [
  namespace,
  policy('new'),
  config('a', { one: '2' }),
  config('c', { x: 'y' }),
  deployment('web', 'web:2'),
  job('boot-2'),
];
const releaseOf = (manifests: readonly Manifest[]): Release => ({
  manifests,
  origin: 'the sources',
  commit: 'abc',
});

export interface Ended {
  /** `deployed`, or why not. */
  readonly end: string;
  readonly next: string;
  readonly code: number;
  /** Everything that was said and printed. */
  readonly said: string;
}

const staging = environmentNamed(fakeWorld(), 'staging');

/** One run of the command, confirmed. */
export async function runs(
  cluster: ReleaseCluster,
  what: readonly Manifest[] | ((kubectl: Kubectl) => Promise<Release>),
  options: Deploying = { yes: true, context: 'coped-staging' },
): Promise<Ended> {
  const fake = fakeWorld(cluster.run(() => fake.interruption.abort()));
  const world = { ...fake, now: () => new Date(mockClock.now) };
  const kubectl = new Kubectl('coped-staging', 'coped-staging', world.execute);
  const ended = (end: string, next = '', code = 0) => ({
    end,
    next,
    code,
    said: fake.output() + fake.errors(),
  });
  try {
    const release = typeof what === 'function' ? await what(kubectl) : releaseOf(what);
    await deploy({ world, kubectl, environment: staging }, release, options);
    return ended('deployed');
  } catch (error) {
    const { message, next, exitCode } = error as CliError;
    return ended(message || 'interrupted', next, exitCode);
  } finally {
    mockClock.pass(60);
  }
}

export const run = async (...args: Parameters<typeof runs>): Promise<string> => (await runs(...args)).end;

/** A cluster on which something was deployed. */
export async function deployed(manifests: readonly Manifest[] = OLD): Promise<ReleaseCluster> {
  const cluster = new ReleaseCluster();
  await run(cluster, manifests);
  return cluster;
}

/** Plain `kubectl apply`. */
export const plainly = (cluster: ReleaseCluster, manifests: readonly Manifest[]): Promise<unknown> =>
  fakeWorld(cluster.run(() => {})).execute('kubectl', ['apply', '--filename=-'], {
    input: JSON.stringify({ items: manifests }),
  });
