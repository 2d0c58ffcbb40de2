import type { Result } from '../cluster/execute';
import { type Probed, probeBuilders, silence } from '../laptop/images/builders';
import { answer } from '../laptop/programs';
import type { World } from '../world';
import { type Finding, lastLine, ok, problem, warning } from './finding';

/** The oldest Node that package.json allows. */
const NODE = 20;
/** kind's own network enforces policies from this minor version of 0 on. */
const KIND = 24;
const MEMORY = 6e9;

/** What every command needs. */
export async function basicTools(world: World): Promise<Finding[]> {
  const [node, kubectl] = await Promise.all([
    answer(world, 'node', ['--version']),
    answer(world, 'kubectl', ['version', '--client', '--output=json']),
  ]);
  const version = node?.stdout.trim().replace('v', '') ?? '';
  return [
    Number.parseInt(version, 10) >= NODE
      ? ok('node', version)
      : problem('node', version || 'not found', `Install Node ${NODE} or newer: https://nodejs.org`),
    kubectl?.code === 0
      ? ok('kubectl', JSON.parse(kubectl.stdout).clientVersion.gitVersion.replace('v', ''))
      : problem(
          'kubectl',
          kubectl ? lastLine(kubectl.stderr) : 'not found',
          'Install it: https://kubernetes.io/docs/tasks/tools/',
        ),
  ];
}

/**
 * What a cluster on one's own machine needs.
 *
 * @param context of the cluster, if there is one that answers
 */
export async function laptopTools(world: World, context: string | undefined): Promise<Finding[]> {
  const builders = await probeBuilders(world);
  const [kind, minikube] = await Promise.all([
    answer(world, 'kind', ['version']),
    answer(world, 'minikube', ['version', '--short']),
  ]);
  return [
    ...buildersFound(builders, context),
    ...(await memory(world, builders)),
    ...clusterMakers(kind, minikube, context !== undefined),
  ];
}

function buildersFound(builders: readonly Probed[], context: string | undefined): Finding[] {
  const working = builders.filter(({ state }) => state === 'works').map(({ name }) => name);
  // Buildah only builds; these clusters are containers themselves.
  const needsContainers = context === undefined || /^(kind|k3d)-/.test(context);
  const isEnough = working.some((name) => name !== 'buildah' || !needsContainers);
  const there = builders.filter(({ state }) => state !== 'absent');
  if (there.length === 0) {
    const next = 'Install Docker: https://docs.docker.com/engine/install/';
    return [
      problem('docker', 'none of docker, podman, buildah was found: nothing can build the images', next),
    ];
  }
  return there.map((builder) => {
    const { name, state, said } = builder;
    if (state === 'works') return ok(name, said.replace(/^\D*/, '').split('\n')[0] ?? '');
    const { why, next } = silence(builder);
    return (isEnough ? warning : problem)(name, `is installed, but ${why}`, next);
  });
}

/** Docker Desktop and Podman give their machine a part of the memory only. */
async function memory(world: World, builders: readonly Probed[]): Promise<Finding[]> {
  const server = builders.find(({ name, state }) => name !== 'buildah' && state === 'works');
  if (!server) return [];
  const format = server.name === 'docker' ? '{{.MemTotal}}' : '{{.Host.MemTotal}}';
  const result = await answer(world, server.name, ['info', `--format=${format}`]);
  const bytes = Number(result?.stdout.trim());
  const about = `memory of ${server.name}`;
  if (!bytes) return [warning(about, 'cannot be seen', `See \`${server.name} info\`: it should be 6 GB`)];
  const found = `${(bytes / 1e9).toFixed(1)} GB`;
  const next =
    'Give it 6 GB: in Docker Desktop under Settings, Resources; with Podman, `podman machine set --memory 6144`';
  return [bytes >= MEMORY ? ok(about, found) : problem(about, found, next)];
}

function clusterMakers(
  kind: Result | undefined,
  minikube: Result | undefined,
  hasCluster: boolean,
): Finding[] {
  const found: Finding[] = [];
  const [, version, minor] = /v?(0\.(\d+)\.\d+)/.exec(kind?.stdout ?? '') ?? [];
  if (version) {
    const next = 'Install a newer one: https://kind.sigs.k8s.io/docs/user/quick-start/#installation';
    found.push(
      Number(minor) >= KIND
        ? ok('kind', version)
        : warning('kind', `${version}: its network enforces no policies`, next),
    );
  }
  if (minikube?.code === 0) found.push(ok('minikube', minikube.stdout.trim().replace('v', '')));
  if (found.length > 0 || hasCluster) return found;
  const next = 'Install kind: https://kind.sigs.k8s.io/docs/user/quick-start/#installation';
  return [problem('kind', 'neither kind nor minikube was found, and kubectl has no local cluster', next)];
}
