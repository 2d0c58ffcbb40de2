import type { ApiObject } from '../../../cli/cluster/kubectl';
import { run } from '../../../cli/main';
import type { World } from '../../../cli/world';
import type { Answer } from '../fake-world';
import { fakeWorld } from '../fake-world';
import { DEVELOPMENT, FakeCluster } from '../laptop/fake-cluster';

const DJANGO = 'docker.io/coped/django:development';
const DASHBOARDS = 'docker.io/coped/dashboards:development';

let cluster: FakeCluster;
beforeEach(() => {
  cluster = new FakeCluster();
});

const worldWith = (...answers: Answer[]) => fakeWorld(...answers, cluster.answer);

const byName = (objects: readonly ApiObject[]): ApiObject[] =>
  [...objects].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/** The programs that were run besides kubectl. */
const tools = ({ calls }: ReturnType<typeof fakeWorld>): string[] =>
  calls.filter(({ program }) => program !== 'kubectl').map(({ program, line }) => `${program} ${line}`);

test('from nothing: both images are built side by side; each part is applied as soon as its images are loaded', async () => {
  const world = worldWith();
  expect(await world.coped('up', '--json')).toBe(0);
  const ran = tools(world).filter((line) => !/version|info/i.test(line));
  expect(ran.slice(0, 2)).toEqual([
    expect.stringMatching(
      /^docker build --tag=docker\.io\/coped\/django:development --target=development \/.*\/app\/django$/,
    ),
    expect.stringMatching(
      /^docker build --tag=docker\.io\/coped\/dashboards:development \/.*\/app\/dashboards$/,
    ),
  ]);
  expect(new Set(ran.slice(2))).toEqual(
    new Set([DJANGO, DASHBOARDS].map((image) => `kind load docker-image --name=coped ${image}`)),
  );
  expect(JSON.parse(world.output())).toMatchObject({
    context: 'kind-coped',
    namespace: DEVELOPMENT,
    built: [DJANGO, DASHBOARDS],
    restarted: [],
    addresses: [{ url: 'http://localhost:1337' }],
  });
});

/** Deployments in the order in which they were applied, each with the images that were loaded by then. */
const deployments = (): string[] =>
  cluster.applied.flat().flatMap(({ kind, metadata }) => (kind === 'Deployment' ? [metadata.name] : []));

test('while an image is being built, all that does without it is applied; nothing is applied twice', async () => {
  let finish = (_: string) => {};
  const slow = new Promise<string>((resolve) => {
    finish = resolve;
  });
  const world = worldWith();
  const { execute } = world;
  const builds: World['execute'] = async (program, args, options) => {
    if (args[0] === 'build' && args.includes(`--tag=${DASHBOARDS}`)) await slow;
    return execute(program, args, options);
  };
  const ended = run(['up'], { ...world, execute: builds });
  while (!deployments().includes('web')) await new Promise(setImmediate);
  expect(deployments()).toEqual(['traefik', 'web', 'api']);
  const early = cluster.applied[0]?.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  expect(early).toEqual(expect.arrayContaining(['StatefulSet/postgres', 'StatefulSet/elasticsearch']));
  finish('built');
  expect(await ended).toBe(0);
  expect(deployments()).toEqual(['traefik', 'web', 'api', 'dashboards']);
  const all = cluster.applied
    .flat()
    .map(({ kind, metadata }) => [kind, metadata.namespace, metadata.name].join('/'));
  expect(all.sort()).toEqual([...new Set(all)].sort());
});

test('a second time: nothing is built, loaded or restarted, and one apply is all', async () => {
  await worldWith().coped('up');
  const first = cluster.applied.splice(0).flat();
  const world = worldWith();
  expect(await world.coped('up', '--json')).toBe(0);
  expect(tools(world)).toEqual([]);
  expect(JSON.parse(world.output())).toMatchObject({ built: [], restarted: [] });
  expect(cluster.applied).toHaveLength(1);
  expect(byName(cluster.applied.flat())).toEqual(byName(first));
});

test('other contents under the same tag: only that image is built, only its servers restart', async () => {
  await worldWith().coped('up');
  cluster.node.metadata.annotations['coped.org/image-django'] = `${DJANGO} older`;
  for (const name of ['web', 'api']) {
    const { metadata } = cluster.objects.get(`Deployment/${DEVELOPMENT}/${name}`).spec.template;
    metadata.annotations['coped.org/image-contents'] = 'older';
  }
  const world = worldWith();
  expect(await world.coped('up', '--json')).toBe(0);
  expect(JSON.parse(world.output())).toMatchObject({ built: [DJANGO], restarted: ['web', 'api'] });
});

test('an image that the machine has thrown away is loaded again', async () => {
  await worldWith().coped('up');
  cluster.node.status.images = [{ names: [DASHBOARDS] }];
  const world = worldWith();
  await world.coped('up', '--json');
  expect(JSON.parse(world.output())).toMatchObject({ built: [DJANGO], restarted: [] });
});

test('a machine also lists what has lost its name, because a newer image has taken it', async () => {
  await worldWith().coped('up');
  cluster.node.status.images.unshift({ names: null });
  const world = worldWith();
  expect(await world.coped('up', '--json')).toBe(0);
  expect(JSON.parse(world.output())).toMatchObject({ built: [] });
});

test('--build builds although nothing has changed', async () => {
  await worldWith().coped('up');
  const world = worldWith();
  await world.coped('up', '--build', '--json');
  expect(JSON.parse(world.output())).toMatchObject({ built: [DJANGO, DASHBOARDS], restarted: [] });
});

test('Podman and Buildah save to a file, which kind loads', async () => {
  const builders: Answer = ({ program }) => (program === 'buildah' ? 'buildah version 1.41' : undefined);
  const world = worldWith(builders);
  expect(await world.coped('up', '--builder', 'buildah')).toBe(0);
  expect(tools(world)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(
        /^buildah push docker\.io\/coped\/django:development docker-archive:(\S+\.tar):docker\.io\//,
      ),
      expect.stringMatching(/^kind load image-archive --name=coped \S+\.tar$/),
    ]),
  );
});

test('objects carry the note of plain kubectl, without what only we add', async () => {
  await worldWith().coped('up');
  for (const { kind, metadata, spec } of cluster.applied.flat()) {
    const note = JSON.parse(metadata.annotations['kubectl.kubernetes.io/last-applied-configuration']);
    expect(note).toMatchObject({ kind, metadata: { name: metadata.name } });
    expect(JSON.stringify(note)).not.toContain('coped.org/image-contents');
    if (kind === 'Job') expect(JSON.stringify(spec)).not.toContain('coped.org/image-contents');
  }
});

test('what plain kubectl has written is handed over first, without our note', async () => {
  await worldWith().coped('up');
  const before = cluster.applied.splice(0).flat();
  cluster.objects
    .get(`Service/${DEVELOPMENT}/api`)
    .metadata.managedFields.push({ manager: 'kubectl-client-side-apply' });
  await worldWith().coped('up');
  const [first = [], second = []] = cluster.applied;
  expect(first.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual(['Service/api']);
  expect(JSON.stringify(first)).not.toContain('last-applied');
  expect(byName(second)).toEqual(byName(before));
});

test('a failed Job is deleted first, because it would never run again', async () => {
  await worldWith().coped('up');
  const job = [...cluster.objects.values()].find(({ kind }) => kind === 'Job');
  job.status = { conditions: [{ type: 'Failed', status: 'True' }] };
  const world = worldWith();
  expect(await world.coped('up')).toBe(0);
  expect(world.calls.map(({ line }) => line)).toContain(`delete job ${job.metadata.name}`);
});

test('a namespace that is going is waited for', async () => {
  await worldWith().coped('up');
  cluster.objects.get(`Namespace/${DEVELOPMENT}`).metadata.deletionTimestamp = '2026-01-01T00:00:00Z';
  let looks = 0;
  const going: Answer = ({ line }) =>
    line.startsWith('get --ignore-not-found --output=name namespace')
      ? looks++ === 0
        ? 'namespace/x'
        : ''
      : undefined;
  expect(await worldWith(going).coped('up')).toBe(0);
  expect(looks).toBe(2);
});

test('the ports of kind lead to the site; any other cluster gets a tunnel', async () => {
  const world = worldWith();
  Object.assign(world, { listens: async () => true });
  const { up } = await import('../../../cli/up/up');
  const { environmentNamed } = await import('../../../cli/cluster/environment');
  const { tunnel, addresses } = await up(world, environmentNamed(world, 'development'), {});
  expect(tunnel).toBeUndefined();
  expect(addresses.map(({ url }) => url)).toEqual(['http://localhost:1337', 'http://localhost:8000']);
  const other = worldWith();
  await other.coped('up');
  expect(other.output()).toContain('port-forward service/traefik 1337:80');
});
