import { CLUSTER, PORTS } from '../laptop/kind';
import { answer } from '../laptop/programs';
import type { World } from '../world';
import { type Finding, ok, problem, warning } from './finding';

/**
 * The ports of this machine that lead to the site: free, so that a cluster can be made, or taken by that cluster.
 *
 * @param exists whether kubectl knows the cluster
 */
export async function ports(world: World, exists: boolean): Promise<Finding[]> {
  const own = await publishedPorts(world);
  return Promise.all(
    [...PORTS].map(async ([port, what]) => {
      const about = `port ${port}`;
      const taken = await world.listens(port);
      if (own?.has(port)) return ok(about, `leads to the cluster ${CLUSTER}: ${what}`);
      if (!taken && !exists) return ok(about, 'free');
      if (!taken) {
        return warning(about, `free, but does not lead to the cluster either: ${what}`, TUNNEL);
      }
      const who = `\`lsof -nP -iTCP:${port} -sTCP:LISTEN\` names it`;
      if (!exists) {
        return problem(
          about,
          `taken by another program, and a new cluster needs it: ${what}`,
          `Stop it: ${who}`,
        );
      }
      return warning(about, 'taken; whether by the cluster is not known', `If it is another program: ${who}`);
    }),
  );
}

const TUNNEL =
  'The cluster was not made of local/kind.yaml, or does not run: `npx coped up` prints another way to the site';

/** Ports of this machine that Docker or Podman lead to kind's cluster; undefined where neither answers. */
async function publishedPorts(world: World): Promise<ReadonlySet<number> | undefined> {
  const filter = `--filter=label=io.x-k8s.kind.cluster=${CLUSTER}`;
  for (const program of ['docker', 'podman']) {
    const result = await answer(world, program, ['ps', filter, '--format={{.Ports}}']);
    if (result?.code !== 0) continue;
    // 127.0.0.1:1337->30080/tcp
    return new Set([...result.stdout.matchAll(/:(\d+)->/g)].map(([, port]) => Number(port)));
  }
  return undefined;
}
