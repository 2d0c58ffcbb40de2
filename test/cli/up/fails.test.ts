import { NotInstalledError } from '../../../cli/terminal/errors';
import { settled } from '../fake-cluster';
import { Laptop } from './laptop';

let laptop: Laptop;
beforeEach(() => {
  laptop = new Laptop();
});

const DAEMON = 'unix:///var/run/docker.sock';
const AWAY = `Cannot connect to the Docker daemon at ${DAEMON}. Is the docker daemon running?`;
const DENIED = `permission denied while trying to connect to the docker API at ${DAEMON}`;
const LISTING = 'ERROR: failed to list clusters: command "docker ps -a" failed with error:';

/** The message at the end: what follows the lines about steps, which have times. */
const messageIn = (errors: string): string =>
  errors.slice(errors.search(/(?<=^|\n)(✘|error:) (?!.*\(\d.* s\)$)/m)).replaceAll(process.cwd(), '.');

describe('refused, and nothing is touched', () => {
  test.each([
    ['an environment that people use', ['production']],
    ['an environment that does not exist', ['prod']],
    ['a context that is not local', ['--context', 'coped-production']],
    ['a context that is not known', ['--context', 'kind-other']],
    ['a builder that is not known', ['--builder', 'make']],
  ])('%s', async (_, words) => {
    const { code, calls, errors } = await laptop.up(...words);
    expect(code).toBe(2);
    expect(messageIn(errors)).toMatchSnapshot();
    expect(calls.filter((line) => line !== 'kubectl config view --output=json')).toEqual([]);
  });

  test('a port that the new cluster needs is taken', async () => {
    laptop.without().ports = [8443];
    const { code, calls, errors } = await laptop.up();
    expect(code).toBe(2);
    expect(messageIn(errors)).toMatchSnapshot();
    expect(calls.join('\n')).not.toMatch(/^\w+ create/m);
  });

  test('there is no kind that could make a cluster', async () => {
    laptop.without().when(/^kind /, () => {
      throw new NotInstalledError('kind cannot be run: spawn kind ENOENT', 'Install it');
    });
    const { code, errors } = await laptop.up();
    expect(code).toBe(2);
    expect(messageIn(errors)).toMatchSnapshot();
  });
});

describe('a message with cause and remedy', () => {
  const MISSING = 'exec: "docker": executable file not found in $PATH';
  const IN_PLACE =
    'The StatefulSet "postgres" is invalid: spec: Forbidden: updates to statefulset spec for fields';
  test.each<[what: string, line: RegExp, stderr: string]>([
    ['kind may not use Docker', /^kind get clusters/, `${LISTING} exit status 1\n${DENIED}`],
    ['kind has no Docker that runs', /^kind get clusters/, `${LISTING} exit status 1\n${AWAY}`],
    ['kind finds no Docker', /^kind get clusters/, `${LISTING} ${MISSING}`],
    ['Docker does not run', /^docker version/, AWAY],
    ['Docker may not be used', /^docker version/, DENIED],
    ['the cluster does not answer', /^get nodes/, 'dial tcp 127.0.0.1:6443: connect: connection refused'],
    ['something cannot change in place', /^apply/, IN_PLACE],
    ['something else is not accepted', /^apply/, 'Error from server: quota'],
  ])('%s', async (_, line, stderr) => {
    if (line.source.includes('kind')) laptop.without();
    const { code, errors } = await laptop.fail(line, stderr).up();
    expect(code).toBe(1);
    expect(messageIn(errors)).toMatchSnapshot();
  });

  test.each([
    ['the disk is full', 'no space left on device'],
    ['Docker does not run', AWAY],
    ['the cause is not known', 'something unheard of'],
  ])('half a cluster is removed again: %s', async (_, stderr) => {
    const { code, errors, world } = await laptop
      .without()
      .fail(/^kind create/, stderr)
      .up();
    expect(code).toBe(1);
    expect(messageIn(errors)).toMatchSnapshot();
    const removal = world.calls.find(({ line }) => line === 'delete cluster --name=coped');
    expect(removal?.options.evenIfInterrupted).toBe(true);
  });

  test.each([
    ['a build', /^docker build/, 'ERROR: no matching distribution'],
    ['a build on a full disk', /^docker build/, 'write /x: no space left on device'],
    ['a load', /^kind load/, 'ctr: failed to ingest'],
  ])('%s fails: nothing that needs the image is applied, and the next try goes on', async (_, line, stderr) => {
    let isBroken = true;
    laptop.when(line, () => (isBroken ? { code: 1, stderr } : undefined));
    const { code, errors } = await laptop.up();
    expect(code).toBe(1);
    expect(messageIn(errors)).toMatchSnapshot();
    const deployments = laptop.applied.flat().filter(({ kind }) => kind === 'Deployment');
    expect(deployments.map(({ metadata }) => metadata.name)).toEqual(['traefik']);
    expect(laptop.node.metadata.annotations).toEqual({});
    isBroken = false;
    expect((await laptop.up()).code).toBe(0);
  });
});

describe('what goes on side by side', () => {
  /** The signals of the builds that go on. */
  const signals = () => {
    const all: (AbortSignal | undefined)[] = [];
    laptop.when(/^docker build/, ({ options }) => {
      all.push(options.signal);
      return undefined;
    });
    return all;
  };

  test('where the cluster cannot be made, the builds are stopped', async () => {
    const builds = signals();
    const { code } = await laptop
      .without()
      .fail(/^kind create/, 'ERROR')
      .up();
    expect(code).toBe(1);
    expect(builds.map((signal) => signal?.aborted)).toEqual([true, true]);
    expect(laptop.applied).toEqual([]);
  });

  test('the first build that fails stops the other; its message is the last and the only one', async () => {
    laptop.fail(/^docker build .*coped\/django/, 'no matching distribution');
    const builds = signals();
    const { code, errors } = await laptop.up();
    expect(code).toBe(1);
    expect(builds.map((signal) => signal?.aborted)).toEqual([true, true]);
    expect(errors.match(/has failed/g)).toHaveLength(1);
  });

  test('without a terminal a build is one line, whatever it says', async () => {
    laptop.when(/^docker build/, ({ options }) => {
      for (const step of [1, 2, 3]) options.heard?.(`Step ${step}/3\n`);
      return undefined;
    });
    const { errors } = await laptop.up();
    expect(errors).not.toContain('Step');
    expect(errors.match(/build /g)).toHaveLength(2);
  });
});

describe('pods that do not become ready', () => {
  const HASH = { 'pod-template-hash': 'x' };
  beforeEach(() => {
    laptop.statuses['Deployment/web'] = { observedGeneration: 1, updatedReplicas: 1, replicas: 1 };
    laptop.add({
      kind: 'ReplicaSet',
      metadata: { name: 'web-x', labels: HASH, ownerReferences: [{ uid: 'web' }] },
    });
  });
  const addPod = (reason: string, more: object = {}) => {
    const labels = { 'app.kubernetes.io/component': 'web', 'app.kubernetes.io/part-of': 'coped', ...HASH };
    const container = {
      name: 'web',
      image: 'docker.io/coped/django:development',
      state: { waiting: { reason } },
    };
    laptop.add({
      kind: 'Pod',
      metadata: { name: 'web-1', creationTimestamp: '2026-01-01T00:00:00Z', labels },
      status: { phase: 'Running', containerStatuses: [{ ...container, ...more }] },
    });
  };
  const crashed = { restartCount: 4, lastState: { terminated: { exitCode: 3 } } };

  test.each<[what: string, reason: string, more?: object]>([
    ['the image is not in the cluster', 'ImagePullBackOff'],
    ['the program ends again and again', 'CrashLoopBackOff', crashed],
  ])('%s', async (_, reason, more = {}) => {
    addPod(reason, more);
    const { code, errors } = await laptop.up();
    expect(code).toBe(1);
    expect(messageIn(errors)).toMatchSnapshot();
  });

  test('ctrl-C while waiting', async () => {
    addPod('ContainerCreating');
    const world = laptop.world();
    const code = world.coped('up');
    setTimeout(() => world.interruption.abort(), 300);
    expect(await code).toBe(130);
  });
});

test('a Job has failed', async () => {
  const failed = { conditions: [{ type: 'Failed', status: 'True' }] };
  laptop.statusOf = (object) => (object.kind === 'Job' ? failed : settled(object));
  const { code, errors } = await laptop.up();
  expect(code).toBe(1);
  expect(errors).toMatch(/Job\/\S+ has failed/);
});

describe('a namespace that is being deleted', () => {
  const LONG_AGO = '2026-01-02T02:04:05Z';
  const held = (deletionTimestamp: string, by: string) => {
    const message = `Some content in the namespace has finalizers remaining: ${by} in 1 resource instances`;
    const conditions = [{ type: 'NamespaceFinalizersRemaining', status: 'True', message }];
    laptop.when(/^get namespace \S+ --ignore-not-found --output=json$/, {
      metadata: { deletionTimestamp },
      status: { conditions },
    });
  };

  test('and does not go by itself: says what holds it, and builds and applies nothing', async () => {
    held(LONG_AGO, 'example.org/hold');
    const { code, calls, errors } = await laptop.up();
    expect(code).toBe(1);
    expect(messageIn(errors)).toMatchSnapshot();
    expect(calls.join('\n')).not.toMatch(/^\w+ (build|load|apply|create)/m);
  });

  test.each([
    ['has only just been asked for', '2026-01-02T03:03:50Z', 'example.org/hold'],
    ['waits for its pods', LONG_AGO, 'kubernetes.io/pvc-protection'],
  ])('and %s does not stop it', async (_, since, by) => {
    held(since, by);
    expect((await laptop.up()).code).toBe(0);
    expect(laptop.applied.length).toBeGreaterThan(0);
  });
});
