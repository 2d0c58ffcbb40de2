import type { Stored } from '../fake-object';
import { DASHBOARDS, DJANGO, Laptop } from './laptop';

let laptop: Laptop;
beforeEach(() => {
  laptop = new Laptop();
});

/** What `coped up --json` says. */
const outcome = async (...words: string[]) => JSON.parse((await laptop.up('--json', ...words)).output);
const tools = (calls: readonly string[]) => calls.filter((line) => !/^kubectl |version|info/i.test(line));
const names = (objects: readonly Stored[] = []) =>
  objects.map(({ kind, metadata }) => `${kind}/${metadata.namespace ?? ''}/${metadata.name}`);
const byName = (objects: readonly Stored[]) => objects.map((one) => JSON.stringify(one)).sort();
/** Deployments in the order in which they were applied. */
const deployments = () =>
  laptop.applied.flat().flatMap(({ kind, metadata }) => (kind === 'Deployment' ? [metadata.name] : []));

test('from nothing: both images are built side by side; each part is applied as soon as its images are loaded', async () => {
  const { code, calls, output } = await laptop.up('--json');
  expect(code).toBe(0);
  const ran = tools(calls);
  expect(ran.slice(0, 2)).toEqual([
    expect.stringMatching(RegExp(`^docker build --tag=${DJANGO} --target=development /.*/app/django$`)),
    expect.stringMatching(RegExp(`^docker build --tag=${DASHBOARDS} /.*/app/dashboards$`)),
  ]);
  const loads = [DJANGO, DASHBOARDS].map((image) => `kind load docker-image --name=coped ${image}`);
  expect(ran.slice(2).sort()).toEqual(loads.sort());
  expect(JSON.parse(output)).toMatchObject({
    context: 'kind-coped',
    namespace: 'coped-development',
    built: [DJANGO, DASHBOARDS],
    restarted: [],
    addresses: [{ url: 'http://localhost:1337' }],
  });
});

test('while an image is being built, everything that does without it is applied; nothing is applied twice', async () => {
  let finish = (_: string) => {};
  const slow = new Promise<string>((resolve) => {
    finish = resolve;
  });
  const world = laptop.world();
  const { execute } = world;
  const builds: typeof execute = async (program, args, options) => {
    if (args[0] === 'build' && args.includes(`--tag=${DASHBOARDS}`)) await slow;
    return execute(program, args, options);
  };
  const ended = Object.assign(world, { execute: builds }).coped('up');
  while (!deployments().includes('web')) await new Promise(setImmediate);
  expect(deployments()).toEqual(['traefik', 'web', 'api']);
  expect(names(laptop.applied[0])).toEqual(
    expect.arrayContaining(
      ['postgres', 'elasticsearch'].map((name) => `StatefulSet/coped-development/${name}`),
    ),
  );
  finish('built');
  expect(await ended).toBe(0);
  expect(deployments()).toEqual(['traefik', 'web', 'api', 'dashboards']);
  const all = names(laptop.applied.flat());
  expect(all.sort()).toEqual([...new Set(all)].sort());
});

test('Podman and Buildah save to a file, which kind loads', async () => {
  laptop.when(/^buildah /, 'buildah version 1.41');
  const { code, calls } = await laptop.up('--builder', 'buildah');
  expect(code).toBe(0);
  expect(calls).toEqual(
    expect.arrayContaining([
      expect.stringMatching(RegExp(`^buildah push ${DJANGO} docker-archive:(\\S+\\.tar):docker\\.io/`)),
      expect.stringMatching(/^kind load image-archive --name=coped \S+\.tar$/),
    ]),
  );
});

test('a cluster on Docker’s own images takes them from Docker only', async () => {
  laptop.contexts = { 'docker-desktop': 'https://127.0.0.1:6443' };
  laptop.current = 'docker-desktop';
  laptop.when(/^podman /, '5.0');
  expect((await laptop.up('--builder', 'podman')).code).toBe(2);
  const { code, calls } = await laptop.up();
  expect(code).toBe(0);
  expect(calls.filter((line) => line.startsWith('kind'))).toEqual([]);
});

test.each([
  ['k3d-lab', `k3d image import --cluster=lab ${DJANGO}`],
  ['minikube', `minikube --profile=minikube image load ${DJANGO}`],
])('the cluster %s takes images with its own program', async (context, load) => {
  laptop.contexts = { [context]: 'https://127.0.0.1:6443' };
  laptop.current = context;
  const { code, calls } = await laptop.when(/^(k3d|minikube) /, 'done').up();
  expect(code).toBe(0);
  expect(calls).toContain(load);
});

describe('no cluster yet', () => {
  beforeEach(() => {
    laptop.contexts = { work: 'https://work.example.org' };
    laptop.current = 'work';
  });
  const appears = (line: RegExp) =>
    laptop.when(line, () => {
      laptop.contexts['kind-coped'] = 'https://127.0.0.1:6443';
      return undefined;
    });

  test('kind makes one, and the current context stays what it was', async () => {
    laptop.clusters = [];
    appears(/^kind create/);
    const { code, calls, world } = await laptop.up();
    expect(code).toBe(0);
    const create = /^kind create cluster --config=\S+local\/kind\.yaml --wait=/;
    expect(calls).toContainEqual(expect.stringMatching(create));
    expect(calls).toContain('kubectl config use-context work');
    expect(world.calls.find(({ line }) => line.startsWith('apply'))?.args).toContain('--context=kind-coped');
  });

  test('one that kubectl has forgotten is found again', async () => {
    appears(/^kind export kubeconfig --name=coped$/);
    const { code, calls } = await laptop.up();
    expect(code).toBe(0);
    expect(calls.filter((line) => line.startsWith('kind create'))).toEqual([]);
  });
});

test('the ports of kind lead to the site; any other cluster gets a tunnel', async () => {
  expect((await laptop.up()).output).toContain('port-forward service/traefik 1337:80');
  laptop.ports = [1337];
  const { addresses, tunnel } = await outcome();
  expect(tunnel).toBeUndefined();
  expect(addresses.map(({ url }: { url: string }) => url)).toEqual([
    'http://localhost:1337',
    'http://localhost:8000',
  ]);
});

describe('a second time', () => {
  let first: Stored[];
  beforeEach(async () => {
    await laptop.up();
    first = laptop.applied.splice(0).flat();
  });

  test('nothing is built, loaded or restarted, and one apply is all', async () => {
    const { code, calls, output } = await laptop.up('--json');
    expect(code).toBe(0);
    expect(calls.filter((line) => !line.startsWith('kubectl '))).toEqual([]);
    expect(JSON.parse(output)).toMatchObject({ built: [], restarted: [] });
    expect(laptop.applied).toHaveLength(1);
    expect(byName(laptop.applied.flat())).toEqual(byName(first));
  });

  test('with other contents under the same tag only that image is built, only its servers restart', async () => {
    laptop.node.metadata.annotations['coped.org/image-django'] = `${DJANGO} older`;
    for (const name of ['web', 'api'])
      laptop.get('Deployment', name).spec.template.metadata.annotations['coped.org/image-contents'] = 'older';
    expect(await outcome()).toMatchObject({ built: [DJANGO], restarted: ['web', 'api'] });
  });

  test('an image that the machine has thrown away is loaded again', async () => {
    laptop.node.status.images = [{ names: [DASHBOARDS] }];
    expect(await outcome()).toMatchObject({ built: [DJANGO], restarted: [] });
  });

  test('an image without a name, because a newer one has taken it, is skipped', async () => {
    laptop.node.status.images.unshift({ names: null });
    expect(await outcome()).toMatchObject({ built: [] });
  });

  test('--build builds although nothing has changed', async () => {
    expect(await outcome('--build')).toMatchObject({ built: [DJANGO, DASHBOARDS], restarted: [] });
  });

  test('a build that fails does not touch what runs', async () => {
    laptop.node.metadata.annotations = {};
    laptop.fail(/^docker build/, 'no');
    expect((await laptop.up()).code).toBe(1);
    expect(laptop.applied).toEqual([]);
  });

  test('objects carry the note of plain kubectl, without what only we add', () => {
    for (const { kind, metadata, spec } of first) {
      const note = JSON.parse(metadata.annotations['kubectl.kubernetes.io/last-applied-configuration'] ?? '');
      expect(note).toMatchObject({ kind, metadata: { name: metadata.name } });
      expect(JSON.stringify(note)).not.toContain('coped.org/image-contents');
      if (kind === 'Job') expect(JSON.stringify(spec)).not.toContain('coped.org/image-contents');
    }
  });

  test('what plain kubectl has written is handed over first, without our note', async () => {
    laptop.get('Service', 'api').metadata.managedFields.push({ manager: 'kubectl-client-side-apply' });
    await laptop.up();
    const [handedOver = [], second = []] = laptop.applied;
    expect(names(handedOver)).toEqual(['Service/coped-development/api']);
    expect(JSON.stringify(handedOver)).not.toContain('last-applied');
    expect(byName(second)).toEqual(byName(first));
  });

  test('a failed Job is deleted first, because it would never run again', async () => {
    const job = laptop.get('Job');
    Object.assign(job, { status: { conditions: [{ type: 'Failed', status: 'True' }] } });
    const { code, calls } = await laptop.up();
    expect(code).toBe(0);
    expect(calls).toContain(`kubectl delete job ${job.metadata.name}`);
  });

  test('a namespace that is being deleted is waited for', async () => {
    laptop.get('Namespace', 'coped-development').metadata.deletionTimestamp = '2026-01-01T00:00:00Z';
    let looks = 0;
    laptop.when(/^get --ignore-not-found --output=name namespace/, () => {
      looks += 1;
      return looks === 1 ? undefined : '';
    });
    expect((await laptop.up()).code).toBe(0);
    expect(looks).toBe(2);
  });
});
