import { NotInstalledError } from '../../../cli/terminal/errors';
import type { Answer } from '../fake-world';
import { fakeWorld } from '../fake-world';
import { FakeCluster } from '../laptop/fake-cluster';

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

describe('refused, and nothing is touched', () => {
  test.each([
    [
      'an environment that people use',
      ['production'],
      /production is not a local environment[\s\S]*coped deploy production/,
    ],
    ['an environment that does not exist', ['prod'], /"prod" is not an environment[\s\S]*development/],
    ['a context that is not local', ['--context', 'coped-production'], /runs on this machine only/],
    ['a context that is not known', ['--context', 'kind-other'], /has no context named "kind-other"/],
    ['a builder that is not known', ['--builder', 'make'], /docker, podman, buildah/],
  ])('%s', async (_, words, message) => {
    const world = worldWith();
    expect(await world.coped('up', ...words)).toBe(2);
    expect(world.errors()).toMatch(message);
    expect(world.calls.filter(({ line }) => line !== 'config view --output=json')).toEqual([]);
  });
});

describe('no cluster yet', () => {
  const created = { 'kind-coped': 'https://127.0.0.1:6443' };
  const remote = { work: 'https://work.example.org' };

  test('kind makes one, and the current context stays what it was', async () => {
    cluster.clusters = [];
    let there = false;
    const create: Answer = ({ program, line }) => {
      if (program === 'kind' && line.startsWith('create')) there = true;
      return undefined;
    };
    const world = worldWith(
      create,
      knows(() => config(there ? { ...remote, ...created } : remote, 'work')),
    );
    expect(await world.coped('up')).toBe(0);
    const lines = world.calls.map(({ program, line }) => `${program} ${line}`);
    expect(lines).toContainEqual(
      expect.stringMatching(/^kind create cluster --config=\S+local\/kind\.yaml --wait=/),
    );
    expect(lines).toContain('kubectl config use-context work');
    expect(world.calls.find(({ line }) => line.startsWith('apply'))?.args).toContain('--context=kind-coped');
  });

  test('one that kubectl has forgotten is found again', async () => {
    let there = false;
    const found: Answer = ({ line }) => {
      if (line === 'export kubeconfig --name=coped') there = true;
      return undefined;
    };
    const world = worldWith(
      found,
      knows(() => config(there ? created : {})),
    );
    expect(await world.coped('up')).toBe(0);
    expect(world.calls.filter(({ line }) => line.startsWith('create'))).toEqual([]);
  });

  test('without kind, both ways to get one are named', async () => {
    const absent: Answer = ({ program }) => {
      if (program === 'kind')
        throw new NotInstalledError('kind cannot be run: spawn kind ENOENT', 'Install it');
      return undefined;
    };
    const world = worldWith(
      absent,
      knows(() => config({})),
    );
    expect(await world.coped('up')).toBe(2);
    expect(world.errors()).toMatch(/Install kind[\s\S]*minikube start --cni=calico/);
  });

  const LISTING = 'ERROR: failed to list clusters: command "docker ps -a" failed with error: exit status 1';
  test.each([
    [
      `${LISTING}\nCommand Output: permission denied while trying to connect to the docker API at unix:///var/run/docker.sock`,
      /you may not use Docker[\s\S]*`sudo usermod -aG docker \$USER`/,
    ],
    [
      `${LISTING}\nCommand Output: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?`,
      /Docker does not run[\s\S]*Start Docker/,
    ],
    [
      'ERROR: failed to list clusters: command "docker ps -a" failed with error: exec: "docker": executable file not found in $PATH',
      /Docker is not installed[\s\S]*docs\.docker\.com/,
    ],
  ])('a kind that cannot use Docker is told from no kind: %s', async (stderr, message) => {
    const world = worldWith(
      fails('kind', /get clusters/, stderr),
      knows(() => config({})),
    );
    expect(await world.coped('up')).toBe(1);
    expect(world.errors()).toMatch(message);
    expect(world.errors()).not.toMatch(/no kind|Install kind/);
  });

  test('images are built while the cluster is being made; where that fails, the builds are stopped', async () => {
    cluster.clusters = [];
    const building: (AbortSignal | undefined)[] = [];
    const builds: Answer = ({ program, line, options }) => {
      if (program === 'docker' && line.startsWith('build')) building.push(options.signal);
      return undefined;
    };
    const world = worldWith(
      builds,
      fails('kind', /^create/, 'ERROR: failed to create cluster: could not find a log line'),
      knows(() => config({})),
    );
    expect(await world.coped('up')).toBe(1);
    expect(world.errors()).toMatch(/creating the kind cluster coped has failed/);
    expect(building.map((signal) => signal?.aborted)).toEqual([true, true]);
    expect(cluster.applied).toEqual([]);
  });

  test('a port that is taken is named before anything is made', async () => {
    cluster.clusters = [];
    const world = worldWith(knows(() => config({})));
    Object.assign(world, { listens: async (port: number) => port === 8443 });
    const { run } = await import('../../../cli/main');
    expect(await run(['up'], world)).toBe(2);
    expect(world.errors()).toMatch(/port 8443 is taken[\s\S]*lsof/);
    expect(world.calls.filter(({ line }) => line.startsWith('create'))).toEqual([]);
  });

  test.each([
    ['no space left on device', /the disk is full[\s\S]*docker system prune/],
    [
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock',
      /Docker does not run[\s\S]*Start Docker/,
    ],
    [
      'something unheard of',
      /creating the kind cluster coped has failed\n {4}something unheard of[\s\S]*doctor/,
    ],
  ])('half a cluster is removed again: %s', async (stderr, message) => {
    cluster.clusters = [];
    const world = worldWith(
      fails('kind', /^create/, stderr),
      knows(() => config({})),
    );
    expect(await world.coped('up')).toBe(1);
    expect(world.errors()).toMatch(message);
    const removal = world.calls.find(({ line }) => line === 'delete cluster --name=coped');
    expect(removal?.options.evenIfInterrupted).toBe(true);
  });
});
