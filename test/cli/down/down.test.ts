import { manifestsOf } from '../../../cli/up/manifests';
import { FakeCluster } from '../fake-cluster';
import type { FakeWorld } from '../fake-world';

const NAMESPACE = 'coped-development';
const LABELS = { 'app.kubernetes.io/part-of': 'coped' };
const object = (kind: string, name: string, rest: object = {}) => ({
  kind,
  metadata: { name, namespace: NAMESPACE, labels: LABELS },
  ...rest,
});

/** A cluster that development is up on. */
const cluster = () =>
  new FakeCluster(
    { kind: 'Node', metadata: { name: 'node' } },
    { kind: 'Namespace', metadata: { name: NAMESPACE } },
    object('StatefulSet', 'postgres'),
    object('Pod', 'postgres-0'),
    object('PersistentVolumeClaim', 'data-postgres-0', {
      spec: { resources: { requests: { storage: '1Gi' } } },
    }),
  )
    .when(/^kind delete/, 'deleted')
    .when(/^kind get clusters$/, 'coped\n');

const deletions = ({ calls }: FakeWorld): string[] =>
  calls.map(({ line }) => line).filter((line) => line.startsWith('delete '));

test('without --data no claim is deleted, directly or with what owns it', async () => {
  const there = cluster();
  const world = there.world();
  expect(await world.coped('down')).toBe(0);
  const [sets = '', rest = '', ...more] = deletions(world);
  expect(sets).toMatch(
    /^delete statefulsets --cascade=orphan --selector=app\.kubernetes\.io\/part-of=coped /,
  );
  expect(rest).toMatch(/^delete ingresses,.* --wait=false /);
  expect(more).toEqual([]);
  expect(there.objects.map(({ kind }) => kind)).toEqual(['Node', 'Namespace', 'PersistentVolumeClaim']);
  expect(world.errors()).toMatch(/kept: data-postgres-0 \(1Gi\); `npx coped down --data`/);
});

test('where its namespace is being deleted, it says that claims go as well, and waits for the end', async () => {
  const there = cluster();
  there.get('Namespace').metadata.deletionTimestamp = '2026-01-02T03:04:00Z';
  const world = there.world();
  expect(await world.coped('down')).toBe(0);
  expect(world.errors()).toMatch(/is being deleted .*\n.*with its claims: nothing keeps them now\n/);
  expect(world.errors()).not.toContain('kept:');
  expect(there.objects.map(({ kind }) => kind)).toEqual(['Node']);
});

test('everything that development brings is named, but for what holds the data', async () => {
  const world = cluster().world();
  await world.coped('down');
  const kinds = new Set(manifestsOf(world, 'development').map(({ kind }) => kind.toLowerCase()));
  const named = deletions(world).join();
  const forgotten = [...kinds].filter((kind) => !named.includes(kind.replace(/y$/, 'ie')));
  expect(forgotten).toEqual(['namespace']);
});

describe('the time that pods take to end', () => {
  afterEach(() => jest.restoreAllMocks());

  test('while pods end, it says which, and goes on when none is left', async () => {
    let looks = 0;
    const pods = () => {
      looks += 1;
      return { items: looks < 3 ? [object('Pod', 'postgres-0')] : [] };
    };
    const world = cluster()
      .when(/^get --output=json pods --selector=\S+part-of=coped$/, pods)
      .world();
    jest.spyOn(Date, 'now').mockImplementation(() => looks * 60_000);
    expect(await world.coped('down')).toBe(0);
    expect(looks).toBe(3);
    expect(world.errors()).toMatch(/take down .*: waiting for pods to end: postgres-0\n[\s\S]*✔ take down/);
  });
});

test('an environment that is not up is no failure', async () => {
  const world = cluster().remove('Namespace').world();
  expect(await world.coped('down')).toBe(0);
  expect(world.errors()).toContain('nothing to take down');
  expect(deletions(world)).toEqual([]);
});

test('--data says what is lost and where, and removes pods before the namespace: with them it would take longer', async () => {
  const there = cluster();
  const world = there.world();
  expect(await world.coped('down', '--data', '--yes')).toBe(0);
  expect(world.errors()).toMatch(
    /context kind-coped, namespace coped-development: .*data-postgres-0 \(1Gi\)/,
  );
  expect(deletions(world)).toEqual([
    expect.stringMatching(/^delete cronjobs,jobs,deployments,statefulsets,.*pods --all --wait=false$/),
    expect.stringMatching(/^delete namespace coped-development /),
  ]);
  expect(there.objects.map(({ kind }) => kind)).toEqual(['Node']);
});

test('--cluster deletes the cluster of local/kind.yaml', async () => {
  const world = cluster().world();
  expect(await world.coped('down', '--cluster', '--yes')).toBe(0);
  expect(deletions(world)).toEqual(['delete cluster --name=coped']);
});

const MINIKUBE = {
  contexts: [{ name: 'minikube', context: { cluster: 'm' } }],
  clusters: [{ name: 'm', cluster: { server: 'https://192.168.49.2:8443' } }],
};

test.each<[what: string, words: string, message: RegExp]>([
  ['--data without a terminal and without --yes', '--data', /the confirmation needs a terminal[\s\S]*--yes/],
  ['--cluster without a terminal and without --yes', '--cluster', /the confirmation needs a terminal/],
  ['a hosted environment', 'production --data --yes', /production is not a local environment/],
  ['a context that is not local', '--data --yes --context coped-production', /on this machine only/],
  ['a cluster of another make', '--cluster --yes --context minikube', /not the one of local\/kind\.yaml/],
  ['a cluster that kind does not know', '--cluster --yes', /kind has no cluster coped/],
])('%s is refused, and nothing is deleted', async (what, words, message) => {
  const there = cluster();
  if (words.includes('minikube')) there.when(/^config view/, MINIKUBE);
  if (/kind does not know/.test(what)) there.when(/^kind get clusters$/, '\n');
  const world = there.world();
  expect(await world.coped('down', ...words.split(' '))).toBe(2);
  expect(world.errors()).toMatch(message);
  expect(deletions(world)).toEqual([]);
});

test.each([
  ['development\n', 0, 2],
  ['yes\n', 2, 0],
  ['\x03', 130, 0],
])('at a terminal, %j is the answer to --data', async (typed, code, deleted) => {
  const world = cluster().world().atTerminal(typed);
  expect(await world.coped('down', '--data')).toBe(code);
  expect(deletions(world)).toHaveLength(deleted);
});

test('what is not deleted is said, and a second try is the next step', async () => {
  const world = cluster()
    .fail(/^delete statefulsets/, 'error: timed out waiting')
    .world();
  expect(await world.coped('down')).toBe(1);
  expect(world.errors()).toMatch(/not everything was deleted: error: timed out waiting\n {2}Run it again/);
});
