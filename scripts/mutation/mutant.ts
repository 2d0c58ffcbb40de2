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

/** What is done to an object, in one way or more, by the name of the operator. */
type Named = Readonly<Record<string, Change | readonly Change[]>>;

/** Operators that change each object of some kinds, or of all. */
export const onObjects = (kinds: readonly string[], operators: Named): Operator[] =>
  Object.entries(operators).map(([name, changes]) => ({
    name,
    mutants: (good) =>
      good
        .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
        .flatMap((object) => mutantsOf(good, object, [changes].flat())),
  }));

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

/** Operators that change the spec of each pod template. */
export const onPods = (operators: Named): Operator[] =>
  onObjects(
    [],
    mapped(operators, (changes) => [
      within('spec.{template}.spec', ...changes),
      within('spec.{jobTemplate}.spec.template.spec', ...changes),
    ]),
  );

/** Operators that change each container. */
export const onContainers = (operators: Named): Operator[] =>
  onPods(mapped(operators, (changes) => within('{initContainers,containers}.*', ...changes)));

const mapped = (operators: Named, to: (changes: readonly Change[]) => Named[string]): Named =>
  Object.fromEntries(Object.entries(operators).map(([name, changes]) => [name, to([changes].flat())]));
