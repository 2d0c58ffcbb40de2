import { type Environment, namespaceOf } from '../../lib/environments/environment';
import { type ApiObject, Kubectl } from '../cluster/kubectl';
import { sayIfLeaving } from '../cluster/namespace-deletion';
import { watchRollout } from '../cluster/rollout/watch';
import { isAwaited, lackOf, nameOf } from '../cluster/rollout/workloads';
import { type Addresses, addressesOf } from '../laptop/addresses';
import type { BuilderName } from '../laptop/images/builders';
import { contentsOf } from '../laptop/images/contents';
import { buildImage, loadImage, routeTo } from '../laptop/images/delivery';
import { isLoaded, remember } from '../laptop/images/loaded-images';
import { type OwnImage, ownImages } from '../laptop/images/own-images';
import { findCluster, type LocalCluster, nodesOf, refuseHosted } from '../laptop/local-cluster';
import type { World } from '../world';
import { restarted } from './live-objects';
import { ingressManifests, manifestsOf } from './manifests';
import { sideBySide } from './parallel';
import { Rollout } from './staged-apply';

export interface Wishes {
  readonly context?: string;
  readonly builder?: BuilderName;
  /** Builds and loads although nothing has changed. */
  readonly build?: boolean;
}

/** What `coped up` has done. */
export interface Outcome extends Addresses {
  readonly environment: string;
  readonly context: string;
  readonly namespace: string;
  /** Images that were built and loaded. */
  readonly built: readonly string[];
  /** Servers whose pods were replaced because their image has other contents. */
  readonly restarted: readonly string[];
}

/** Brings an environment of this machine up, from any state to a site that answers. */
export async function up(world: World, environment: Environment, wishes: Wishes): Promise<Outcome> {
  refuseHosted(environment);
  // First what needs no cluster: a mistake in the sources costs nothing.
  const manifests = manifestsOf(world, environment.name);
  const images = ownImages(environment).map((image) => ({ ...image, contents: contentsOf(image) }));
  const cluster = await findCluster(world, environment, wishes.context);
  const nodes = cluster.isNew ? [] : await nodesOf(await cluster.reach());
  if (!cluster.isNew) await sayIfLeaving(world, await cluster.reach());
  const stale = images.filter((image) => wishes.build || !isLoaded(nodes, image, image.contents));
  const rollout = new Rollout(
    [...ingressManifests(), ...manifests],
    new Map(images.map(({ reference, contents }) => [reference, contents])),
    stale.map(({ reference }) => reference),
  );
  const kubectl = await bringEverything(world, cluster, rollout, stale, wishes.builder);
  await serving(world, kubectl, environment, rollout.objects);
  return {
    environment: environment.name,
    context: kubectl.context,
    namespace: namespaceOf(environment),
    built: stale.map(({ reference }) => reference),
    restarted: restarted(rollout.before, rollout.objects),
    ...(await addressesOf(world, kubectl.context, environment)),
  };
}

type Known = OwnImage & { readonly contents: string };

/** Makes the cluster and builds the images at the same time, and applies everything. */
async function bringEverything(
  world: World,
  cluster: LocalCluster,
  rollout: Rollout,
  stale: readonly Known[],
  builder: BuilderName | undefined,
): Promise<Kubectl> {
  const route = stale.length > 0 ? await routeTo(world, cluster.context, builder) : undefined;
  await sideBySide(world, (part) => {
    // Not stopped where a build fails: the half of a cluster would have to be deleted, and the next try needs a whole one.
    const reached = cluster.reach();
    const begun = reached.then((kubectl) => rollout.begin(part, partOf(kubectl, part)));
    const brought = stale.map(async (image) => {
      if (!route) return;
      await buildImage(part, route, image);
      await begun;
      const kubectl = partOf(await reached, part);
      await loadImage(part, route, image);
      await remember(kubectl, image, image.contents);
      await rollout.arrived(part, kubectl, image.reference);
    });
    return [begun, ...brought];
  });
  const kubectl = await cluster.reach();
  await rollout.apply(world, kubectl);
  return kubectl;
}

/** The same, ended when the part is. */
const partOf = ({ context, namespace }: Kubectl, { execute }: World): Kubectl =>
  new Kubectl(context, namespace, execute);

/** Waits for what is not ready yet; the answer to the apply says already whether there is anything. */
async function serving(
  world: World,
  kubectl: Kubectl,
  environment: Environment,
  objects: readonly ApiObject[],
): Promise<void> {
  const open = objects.filter((object) => isAwaited(object) && lackOf(object).lack !== undefined);
  const own = ownImages(environment).map(({ reference }) => reference);
  for (const namespace of new Set(open.map(({ metadata }) => metadata.namespace as string))) {
    const workloads = objects.filter((one) => isAwaited(one) && one.metadata.namespace === namespace);
    await watchRollout(world, kubectl.in(namespace), {
      environment,
      workloads: workloads.map((one) => nameOf(one)),
      own,
      next: 'Then run it again: it takes up where it stopped',
    });
  }
}
