import type { Manifest } from '../../checker/manifests/manifest';
import type { Kubectl } from '../cluster/kubectl';

/** Groups of APIs that every cluster has, whatever is installed in it. */
const EVERYWHERE = /^(v1|apps|batch|autoscaling|policy|[a-z.]+\.k8s\.io)(\/|$)/;

/** Whether an object is of a kind that this cluster has. */
export type IsKnown = (object: Pick<Manifest, 'apiVersion' | 'kind'>) => boolean;

/** Asks the cluster for the kinds that not every cluster has; nothing, if there are none. */
export async function knownKinds(
  kubectl: Kubectl,
  objects: readonly Pick<Manifest, 'apiVersion'>[],
): Promise<IsKnown> {
  if (objects.every(({ apiVersion }) => EVERYWHERE.test(apiVersion))) return () => true;
  const { code, stdout, stderr } = await kubectl.attempt(['api-resources', '--no-headers']);
  // An API that is down takes its own kinds with it, and no others.
  if (code !== 0 && stdout.trim() === '') throw new Error(`kubectl api-resources: ${stderr.trim()}`);
  const known = new Set(
    stdout
      .split('\n')
      .map((line) => line.trim().split(/\s+/).slice(-3))
      .map(([api, , kind]) => `${api} ${kind}`),
  );
  return ({ apiVersion, kind }) => EVERYWHERE.test(apiVersion) || known.has(`${apiVersion} ${kind}`);
}
