import { PassThrough } from 'node:stream';
import { run } from '../../../cli/main';
import { Terminal } from '../../../cli/terminal';
import { type Answer, fakeWorld } from '../fake-world';

const CLAIM = {
  metadata: { name: 'data-postgres-0' },
  spec: { resources: { requests: { storage: '1Gi' } } },
};

const POD = { metadata: { name: 'postgres-0' } };

/** A cluster that development is up on; it goes when it is told to. */
function cluster(): Answer {
  let gone = false;
  let looks = 0;
  return ({ program, line }) => {
    if (program === 'kind') return line === 'get clusters' ? 'coped\n' : 'deleted';
    if (line.startsWith('get nodes')) return { items: [{}] };
    if (line.startsWith('get --ignore-not-found --output=name namespace')) return gone ? '' : 'namespace/x';
    if (line.includes('persistentvolumeclaims')) return { items: [CLAIM] };
    if (line.startsWith('get --output=json pods')) return { items: looks++ === 0 ? [POD] : [] };
    // With pods in it, a namespace takes half of their grace period longer.
    if (line.startsWith('delete namespace') && looks < 2) return { code: 1, stderr: 'pods are left' };
    if (line.startsWith('delete namespace')) gone = true;
    return line.startsWith('delete ') ? 'deleted' : undefined;
  };
}

const deletions = ({ calls }: ReturnType<typeof fakeWorld>): string[] =>
  calls.map(({ line }) => line).filter((line) => line.startsWith('delete '));

test('without --data no claim is deleted, directly or with what owns it', async () => {
  const world = fakeWorld(cluster());
  expect(await world.coped('down')).toBe(0);
  const [sets = '', rest = '', ...more] = deletions(world);
  expect(sets).toMatch(
    /^delete statefulsets --cascade=orphan --selector=app\.kubernetes\.io\/part-of=coped /,
  );
  expect(rest).toContain('deployments,');
  expect(rest).not.toMatch(/claim|statefulset|namespace|volume|--all/);
  expect(more).toEqual([]);
  expect(world.errors()).toMatch(/kept: data-postgres-0 \(1Gi\); `npx coped down --data`/);
});

test('while pods end, it says which, and goes on when none is left', async () => {
  const looks: string[] = [];
  const pods: Answer = ({ line }) => {
    if (!line.startsWith('get --output=json pods')) return undefined;
    looks.push(line);
    return { items: looks.length < 3 ? [POD] : [] };
  };
  const world = fakeWorld(pods, cluster());
  jest.spyOn(Date, 'now').mockImplementation(() => looks.length * 60_000);
  expect(await world.coped('down')).toBe(0);
  expect(deletions(world)[1]).toContain('--wait=false');
  expect(looks).toEqual(Array(3).fill('get --output=json pods --selector=app.kubernetes.io/part-of=coped'));
  expect(world.errors()).toMatch(/take down .*: waiting for pods to end: postgres-0\n[\s\S]*✔ take down/);
});

afterEach(() => jest.restoreAllMocks());

test('everything that development brings is named, but for what holds the data', async () => {
  const world = fakeWorld(cluster());
  await world.coped('down');
  const { manifestsOf } = await import('../../../cli/laptop/manifests');
  const kinds = new Set(manifestsOf(world, 'development').map(({ kind }) => kind.toLowerCase()));
  const named = deletions(world).join();
  const forgotten = [...kinds].filter((kind) => !named.includes(kind.replace(/y$/, 'ie')));
  expect(forgotten).toEqual(['namespace']);
});

test('where nothing is up, that is all right', async () => {
  const world = fakeWorld(({ line }) => (line.includes('namespace') ? '' : undefined), cluster());
  expect(await world.coped('down')).toBe(0);
  expect(world.errors()).toContain('nothing to take down');
  expect(deletions(world)).toEqual([]);
});

test('--data says what is lost and where, and --yes asks nobody', async () => {
  const world = fakeWorld(cluster());
  expect(await world.coped('down', '--data', '--yes')).toBe(0);
  expect(world.errors()).toMatch(
    /context kind-coped, namespace coped-development: .*data-postgres-0 \(1Gi\)/,
  );
  expect(deletions(world)).toEqual([
    expect.stringMatching(/^delete cronjobs,jobs,deployments,statefulsets,.*pods --all --wait=false$/),
    expect.stringMatching(/^delete namespace coped-development /),
  ]);
});

test('--cluster deletes the cluster of local/kind.yaml', async () => {
  const world = fakeWorld(cluster());
  expect(await world.coped('down', '--cluster', '--yes')).toBe(0);
  expect(deletions(world)).toEqual(['delete cluster --name=coped']);
});

const MINIKUBE: Answer = ({ line }) =>
  line === 'config view --output=json'
    ? {
        contexts: [{ name: 'minikube', context: { cluster: 'm' } }],
        clusters: [{ name: 'm', cluster: { server: 'https://192.168.49.2:8443' } }],
      }
    : undefined;

describe('refused, and nothing is deleted', () => {
  test.each<[string, string[], RegExp, Answer?]>([
    ['--data without a terminal and without --yes', ['--data'], /nobody is here to agree[\s\S]*--yes/],
    ['--cluster without a terminal and without --yes', ['--cluster'], /nobody is here to agree/],
    [
      'an environment that people use',
      ['production', '--data', '--yes'],
      /production does not live on a laptop/,
    ],
    [
      'a context that is not local',
      ['--data', '--yes', '--context', 'coped-production'],
      /on this machine only/,
    ],
    [
      'a cluster of another make',
      ['--cluster', '--yes', '--context', 'minikube'],
      /not the one of local\/kind\.yaml/,
      MINIKUBE,
    ],
    [
      'a cluster that kind does not know',
      ['--cluster', '--yes'],
      /kind knows no cluster coped/,
      ({ program }) => (program === 'kind' ? '\n' : undefined),
    ],
  ])('%s', async (_, words, message, answer = () => undefined) => {
    const world = fakeWorld(answer, cluster());
    expect(await world.coped('down', ...words)).toBe(2);
    expect(world.errors()).toMatch(message);
    expect(deletions(world)).toEqual([]);
  });
});

test.each([
  ['development\n', 0, 2],
  ['yes\n', 2, 0],
  ['\x03', 130, 0],
])('at a terminal, %j is answered to --data', async (typed, code, deleted) => {
  const world = fakeWorld(cluster());
  const [input, output, errors] = [0, 1, 2].map(() => Object.assign(new PassThrough(), { isTTY: true }));
  const streams = { input, output, errors } as ConstructorParameters<typeof Terminal>[0];
  (input as PassThrough).write(typed);
  expect(await run(['down', '--data'], { ...world, terminal: new Terminal(streams, false) })).toBe(code);
  expect(deletions(world)).toHaveLength(deleted);
});

test('what does not go is said, and a second try is the next step', async () => {
  const stuck: Answer = ({ line }) =>
    line.startsWith('delete statefulsets') ? { code: 1, stderr: 'error: timed out waiting' } : undefined;
  const world = fakeWorld(stuck, cluster());
  expect(await world.coped('down')).toBe(1);
  expect(world.errors()).toMatch(/not everything is gone: error: timed out waiting\n {2}Run it again/);
});
