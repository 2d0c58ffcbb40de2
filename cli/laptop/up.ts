import { type Environment, namespaceOf } from '../../lib/environments/environment';
import { type ApiObject, Kubectl } from '../cluster/kubectl';
import { refuseIfStuck } from '../cluster/leaving';
import type { World } from '../world';
import { type Addresses, addressesOf } from './addresses';
import { applyAll } from './apply';
import { bringImages } from './bring-images';
import type { BuilderName } from './builders';
import { contentsOf } from './contents';
import { findCluster, nodesOf } from './find-cluster';
import { isLoaded, remember } from './loaded';
import { ingressManifests, manifestsOf } from './manifests';
import { ownImages } from './own-images';
import { isAwaited, lacks, nameOf, untilReady } from './ready';
import { refuseHosted } from './refuse-hosted';
import { clearTheWay, restarted, thereNow } from './there-now';

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

/** Brings an environment of this machine up, from whatever is there to a site that answers. */
export async function up(world: World, environment: Environment, wishes: Wishes): Promise<Outcome> {
  refuseHosted(environment);
  // First what needs no cluster: a mistake in the sources costs nothing.
  const manifests = manifestsOf(world, environment.name);
  const kubectl = await findCluster(world, environment, wishes.context);
  const images = ownImages(environment).map((image) => ({ ...image, contents: contentsOf(image) }));
  const contents = new Map(images.map(({ reference, contents }) => [reference, contents]));

  const all = [...ingressManifests(), ...manifests];
  // Every object says its namespace, and they are in two.
  const everywhere = new Kubectl(kubectl.context, undefined, world.execute);
  const nodes = await nodesOf(kubectl);
  await refuseIfStuck(kubectl, world.now());
  const stale = images.filter((image) => wishes.build || !isLoaded(nodes, image, image.contents));
  if (stale.length > 0) {
    await bringImages(world, kubectl.context, stale, wishes.builder, (image) =>
      remember(kubectl, image, contents.get(image.reference) ?? ''),
    );
  }

  const before = await thereNow(everywhere, all);
  await clearTheWay(world, kubectl, before);
  const objects = await world.terminal.step(`apply ${all.length} objects`, () =>
    applyAll(everywhere, all, before, contents),
  );
  await serving(world, kubectl, environment, objects);
  return {
    environment: environment.name,
    context: kubectl.context,
    namespace: namespaceOf(environment),
    built: stale.map(({ reference }) => reference),
    restarted: restarted(before, objects),
    ...(await addressesOf(world, kubectl.context)),
  };
}

/** Waits for what is not ready yet; the answer to the apply says already whether there is anything. */
async function serving(
  world: World,
  kubectl: Kubectl,
  environment: Environment,
  objects: readonly ApiObject[],
): Promise<void> {
  const open = objects.filter((object) => isAwaited(object) && lacks(object));
  const own = ownImages(environment).map(({ reference }) => reference);
  for (const namespace of new Set(open.map(({ metadata }) => metadata.namespace as string))) {
    const names = objects.filter((one) => isAwaited(one) && one.metadata.namespace === namespace).map(nameOf);
    const awaited = { environment: environment.name, names, own, signal: world.signal };
    await world.terminal.step(`wait until all in ${namespace} serves`, (step) =>
      untilReady(kubectl.in(namespace), step, awaited),
    );
  }
}
