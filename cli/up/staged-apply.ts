import type { Manifest } from '../../checker/manifests/manifest';
import { type ApiObject, Kubectl } from '../cluster/kubectl';
import { isAwaited } from '../cluster/rollout/workloads';
import type { World } from '../world';
import { applyAll } from './apply';
import { clearTheWay } from './live-objects';
import { imagesIn } from './manifests';

/**
 * The objects of an environment on their way into its cluster: all at the end, or, where nothing of it runs yet, each as soon as its images
 * are there, so that databases are fetched and started while the application is being built.
 */
export class Rollout {
  /** As they were before anything was done. */
  before: readonly ApiObject[] = [];
  /** As the API server has those that are applied. */
  readonly objects: ApiObject[] = [];
  private readonly missing: Set<string>;
  private open: readonly Manifest[];
  private inStages = false;

  /**
   * @param all objects, in the order of `kubectl apply`
   * @param contents of the images that are built here
   * @param missing references of those that are still to come
   */
  constructor(
    private readonly all: readonly Manifest[],
    private readonly contents: ReadonlyMap<string, string>,
    missing: readonly string[],
  ) {
    this.open = all;
    this.missing = new Set(missing);
  }

  /** The cluster is there. What runs is changed in one go at the end: a build that fails changes nothing. */
  async begin(world: World, kubectl: Kubectl): Promise<void> {
    this.before = await everywhere(world, kubectl).existing(this.all);
    await clearTheWay(world, kubectl, this.before);
    const runs = this.before.some((one) => isAwaited(one) && one.metadata.namespace === kubectl.namespace);
    this.inStages = this.missing.size > 0 && !runs;
    if (this.inStages) await this.apply(world, kubectl);
  }

  /** An image is there. */
  async arrived(world: World, kubectl: Kubectl, reference: string): Promise<void> {
    this.missing.delete(reference);
    if (this.inStages) await this.apply(world, kubectl);
  }

  /** Applies all that is not applied yet, and whose images are there. */
  async apply(world: World, kubectl: Kubectl): Promise<void> {
    const ready = this.open.filter(
      (manifest) => ![...imagesIn(manifest)].some((one) => this.missing.has(one)),
    );
    this.open = this.open.filter((manifest) => !ready.includes(manifest));
    if (ready.length === 0) return;
    const what = ready.length === 1 ? '1 object' : `${ready.length} objects`;
    const applied = await world.terminal.step(`apply ${what}`, () =>
      applyAll(everywhere(world, kubectl), ready, this.before, this.contents),
    );
    this.objects.push(...applied);
  }
}

/** Every object says its namespace, and they are in two. */
const everywhere = (world: World, { context }: Kubectl): Kubectl =>
  new Kubectl(context, undefined, world.execute);
