import { run } from '../../../cli/main';
import type { Answer } from '../fake-world';
import { fakeWorld } from '../fake-world';
import { DEVELOPMENT, FakeCluster } from '../laptop/fake-cluster';

let cluster: FakeCluster;
beforeEach(() => {
  cluster = new FakeCluster();
});
const worldWith = (...answers: Answer[]) => fakeWorld(...answers, cluster.answer);

/** A program that fails and says this. */
const fails =
  (program: string, words: RegExp, stderr: string): Answer =>
  (call) =>
    call.program === program && words.test(call.line) ? { code: 1, stderr } : undefined;

const config = (contexts: Readonly<Record<string, string>>, current?: string): object => ({
  'current-context': current,
  contexts: Object.keys(contexts).map((name) => ({ name, context: { cluster: name } })),
  clusters: Object.entries(contexts).map(([name, server]) => ({ name, cluster: { server } })),
});
const knows =
  (given: () => object): Answer =>
  ({ line }) =>
    line === 'config view --output=json' ? given() : undefined;

describe('images', () => {
  test.each([
    [
      'the build',
      'docker',
      /^build/,
      'ERROR: no matching distribution',
      /building .*django.* has failed\n.*no matching[\s\S]*app\/django/,
    ],
    [
      'a full disk',
      'docker',
      /^build/,
      'write /x: no space left on device',
      /the disk is full[\s\S]*docker system prune/,
    ],
    [
      'the load',
      'kind',
      /^load/,
      'ctr: failed to ingest',
      /loading .*django.* has failed\n.*ingest[\s\S]*Run it again/,
    ],
  ])('%s fails: the cause, its last words and the next step; nothing that needs it is applied or remembered', async (_, program, words, stderr, message) => {
    const world = worldWith(fails(program, words, stderr));
    expect(await world.coped('up')).toBe(1);
    expect(world.errors()).toMatch(message);
    const deployments = cluster.applied.flat().filter(({ kind }) => kind === 'Deployment');
    expect(deployments.map(({ metadata }) => metadata.name)).toEqual(['traefik']);
    expect(cluster.node.metadata.annotations).toEqual({});
    expect(await worldWith().coped('up')).toBe(0);
  });

  test('what runs already is not touched by a build that fails', async () => {
    await worldWith().coped('up');
    cluster.applied.length = 0;
    cluster.node.metadata.annotations = {};
    expect(await worldWith(fails('docker', /^build/, 'no')).coped('up')).toBe(1);
    expect(cluster.applied).toEqual([]);
  });

  test('the first build that fails stops the other, and is what is told, in the end and once', async () => {
    const django: Answer = ({ program, line, options }) => {
      if (program !== 'docker' || !line.startsWith('build')) return undefined;
      if (line.includes('coped/django')) return { code: 1, stderr: 'no matching distribution' };
      stopped = options.signal;
      return 'built';
    };
    let stopped: AbortSignal | undefined;
    const world = worldWith(django);
    expect(await world.coped('up')).toBe(1);
    expect(stopped?.aborted).toBe(true);
    expect(world.errors().match(/has failed/g)).toHaveLength(1);
    expect(world.errors()).toMatch(/has failed\n {4}no matching distribution\n[^\n]*app\/django[^\n]*\n$/);
  });

  test('without a terminal a build is one line, whatever it says', async () => {
    const world = worldWith();
    const chatty: typeof world.execute = (program, args, options) => {
      if (args[0] === 'build') for (const step of [1, 2, 3]) options?.heard?.(`Step ${step}/3\n`);
      return world.execute(program, args, options);
    };
    expect(await run(['up'], { ...world, execute: chatty })).toBe(0);
    expect(world.errors()).not.toContain('Step');
    expect(world.errors().match(/build /g)).toHaveLength(2);
  });

  test.each([
    [
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock',
      /Docker does not run[\s\S]*Start Docker/,
    ],
    [
      'permission denied while trying to connect to the docker API at unix:///var/run/docker.sock',
      /you may not use Docker[\s\S]*sudo usermod -aG docker \$USER/,
    ],
  ])('Docker is installed, and cannot be used: %s', async (stderr, message) => {
    const world = worldWith(fails('docker', /^version/, stderr));
    expect(await world.coped('up')).toBe(1);
    expect(world.errors()).toMatch(message);
  });

  test('a cluster on Docker’s own images takes them from Docker only', async () => {
    const context = { 'docker-desktop': 'https://127.0.0.1:6443' };
    const podman: Answer = ({ program }) => (program === 'podman' ? '5.0' : undefined);
    const world = worldWith(
      podman,
      knows(() => config(context, 'docker-desktop')),
    );
    expect(await world.coped('up', '--builder', 'podman')).toBe(2);
    const docker = worldWith(knows(() => config(context, 'docker-desktop')));
    expect(await docker.coped('up')).toBe(0);
    expect(docker.calls.filter(({ program }) => program === 'kind')).toEqual([]);
  });
});

describe('the cluster', () => {
  test('does not answer', async () => {
    const world = worldWith(
      fails('kubectl', /^get nodes/, 'dial tcp 127.0.0.1:6443: connect: connection refused'),
    );
    expect(await world.coped('up')).toBe(1);
    expect(world.errors()).toMatch(
      /kind-coped does not answer: dial tcp[\s\S]*docker start coped-control-plane/,
    );
  });

  test('refuses what cannot change in place', async () => {
    const stderr =
      'The StatefulSet "postgres" is invalid: spec: Forbidden: updates to statefulset spec for fields other than';
    const world = worldWith(fails('kubectl', /^apply/, stderr));
    expect(await world.coped('up')).toBe(1);
    expect(world.errors()).toMatch(/StatefulSet "postgres"[\s\S]*coped down` keeps the data/);
  });
});

describe('pods that will not serve', () => {
  const web = `Deployment/${DEVELOPMENT}/web`;
  const NOT_READY = { observedGeneration: 1, updatedReplicas: 1, availableReplicas: 0, replicas: 1 };
  const HASH = { 'pod-template-hash': 'x' };
  const set = { kind: 'ReplicaSet', metadata: { labels: HASH, ownerReferences: [{ uid: 'web' }] } };
  const pod = (status: object): object => ({
    kind: 'Pod',
    metadata: {
      name: 'web-1',
      creationTimestamp: '2026-01-01T00:00:00Z',
      labels: { 'app.kubernetes.io/component': 'web', 'app.kubernetes.io/part-of': 'coped', ...HASH },
    },
    status: { phase: 'Running', ...status },
  });
  const waiting = (reason: string, more: object = {}): object => ({
    containerStatuses: [
      { name: 'web', image: 'docker.io/coped/django:development', state: { waiting: { reason } }, ...more },
    ],
  });

  test('our own image is not on the machine', async () => {
    cluster.statuses.set(web, NOT_READY);
    cluster.around.push(set, pod(waiting('ImagePullBackOff')));
    const world = worldWith();
    expect(await world.coped('up')).toBe(1);
    expect(world.errors()).toMatch(/Deployment\/web: .*cannot be pulled[\s\S]*coped up --build/);
  });

  test('a program ends again and again: its last words', async () => {
    cluster.statuses.set(web, NOT_READY);
    const ended = { restartCount: 4, lastState: { terminated: { exitCode: 3 } } };
    cluster.around.push(set, pod(waiting('CrashLoopBackOff', ended)));
    const world = worldWith();
    expect(await world.coped('up')).toBe(1);
    expect(world.errors()).toMatch(
      /web ends with exit code 3, 5 times so far\n {4}web \| first\n {4}web \| last words\n/,
    );
  });

  test('a Job has failed', async () => {
    await worldWith().coped('up');
    const [key = ''] = [...cluster.objects].find(([, { kind }]) => kind === 'Job') ?? [];
    cluster.statuses.set(key, { conditions: [{ type: 'Failed', status: 'True' }] });
    const world = worldWith();
    expect(await world.coped('up')).toBe(1);
    expect(world.errors()).toMatch(/Job\/\S+ has failed/);
  });

  test('ctrl-C while waiting', async () => {
    cluster.statuses.set(web, NOT_READY);
    cluster.around.push(set, pod(waiting('ContainerCreating')));
    const world = worldWith();
    const code = world.coped('up');
    setTimeout(() => world.interruption.abort(), 300);
    expect(await code).toBe(130);
  });
});
