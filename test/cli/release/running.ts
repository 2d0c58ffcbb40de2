import { PassThrough } from 'node:stream';
import { Kubectl } from '../../../cli/cluster/kubectl';
import { type Deploying, deploy } from '../../../cli/release/deploy';
import type { Release } from '../../../cli/release/release';
import { Terminal } from '../../../cli/terminal';
import type { CliError } from '../../../cli/terminal/errors';
import { environmentNamed } from '../../../cli/world';
import type { Manifest } from '../../manifest';
import { fakeWorld } from '../fake-world';
import type { FakeCluster } from './fake-cluster';

/** A clock that goes on only when something waits. (jest lets its mocks see names that begin like this.) */
export const mockClock = {
  now: Date.parse('2026-01-02T03:04:05Z'),
  pass(seconds: number) {
    mockClock.now += seconds * 1000;
  },
};

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
export const release = (manifests: readonly Manifest[]): Release => ({
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

/** One run of the command, agreed to. */
export async function runs(
  cluster: FakeCluster,
  what: (kubectl: Kubectl) => Release | Promise<Release>,
  options: Deploying = { yes: true, context: 'coped-staging' },
): Promise<Ended> {
  const interruption = new AbortController();
  const execute = cluster.executor(() => interruption.abort());
  const streams = { input: new PassThrough(), output: new PassThrough(), errors: new PassThrough() };
  const said: string[] = [];
  for (const stream of [streams.output, streams.errors]) stream.on('data', (data) => said.push(String(data)));
  const world = {
    ...fakeWorld(),
    execute,
    terminal: new Terminal(streams),
    signal: interruption.signal,
    now: () => new Date(mockClock.now),
  };
  const kubectl = new Kubectl('coped-staging', 'coped-staging', execute);
  const ended = (end: string, next = '', code = 0) => ({ end, next, code, said: said.join('') });
  try {
    await deploy(world, kubectl, staging, await what(kubectl), options);
    return ended('deployed');
  } catch (error) {
    const { message, next, exitCode } = error as CliError;
    return ended(message || 'interrupted', next, exitCode);
  } finally {
    mockClock.pass(60);
  }
}

export const run = async (...args: Parameters<typeof runs>): Promise<string> => (await runs(...args)).end;

/** What plain `kubectl apply` does. */
export const plainly = (cluster: FakeCluster, manifests: readonly Manifest[]): Promise<unknown> =>
  cluster.executor(() => {})('kubectl', ['apply', '--filename=-'], {
    input: JSON.stringify({ items: manifests }),
  });
