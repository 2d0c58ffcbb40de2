import type { Manifest } from '../../checker/manifests/manifest';
import { nameOf } from '../../checker/manifests/workloads';
import { type Change, within } from './change';

/** Good manifests with one thing broken. */
interface Mutant {
  /** `Deployment/web spec.replicas: 0` */
  readonly where: string;
  readonly manifests: readonly Manifest[];
}

/** One kind of mistake, made wherever it can be made. */
export interface Operator {
  /** What was done, as in "drops a policy". */
  readonly name: string;
  readonly mutants: (good: readonly Manifest[]) => Iterable<Mutant>;
}

/** An operator that changes each object of some kinds, or of all, in one way or more. */
export const onObjects = (
  name: string,
  kinds: readonly string[],
  ...changes: readonly Change[]
): Operator => ({
  name,
  mutants: (good) =>
    good
      .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
      .flatMap((object) => mutantsOf(good, object, changes)),
});

function mutantsOf(good: readonly Manifest[], of: Manifest, changes: readonly Change[]): Mutant[] {
  const edits = changes.flatMap((change) => change(of));
  return edits.flatMap((edit) => {
    const copy = structuredClone(of);
    const where = edit(copy);
    if (where === undefined) return [];
    const manifests = good.map((object) => (object === of ? copy : object));
    return { where: `${nameOf(of)} ${where}`, manifests };
  });
}

/** An operator that changes the spec of each pod template. */
export const onPods = (name: string, ...changes: readonly Change[]): Operator =>
  onObjects(
    name,
    [],
    within('spec.{template}.spec', ...changes),
    within('spec.{jobTemplate}.spec.template.spec', ...changes),
  );

/** An operator that changes each container. */
export const onContainers = (name: string, ...changes: readonly Change[]): Operator =>
  onPods(name, within('{initContainers,containers}.*', ...changes));
