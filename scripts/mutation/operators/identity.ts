import { nameOf } from '../../../checker/manifests/workloads';
import { drop, type Operator, onObjects, put } from '../mutant';

/** What an object is called, where it is, and whether it is there once. */
export const identity: readonly Operator[] = [
  {
    name: 'drops an object',
    mutants: (good) =>
      good.map((object) => ({
        where: nameOf(object),
        manifests: good.filter((other) => other !== object),
      })),
  },
  {
    name: 'writes an object twice',
    mutants: (good) =>
      good.map((object) => ({ where: nameOf(object), manifests: [...good, structuredClone(object)] })),
  },
  onObjects('renames an object', [], () => [
    (object) => put(object, `${object.metadata.name}-2`, 'metadata', 'name'),
  ]),
  onObjects('gives an object a name that is none', [], () => [
    (object) => put(object, 'Not_A_Name', 'metadata', 'name'),
  ]),
  onObjects('puts an object into another namespace', [], ({ kind }) =>
    kind === 'Namespace'
      ? []
      : [
          (object) => put(object, 'default', 'metadata', 'namespace'),
          (object) => drop(object, 'metadata', 'namespace'),
        ],
  ),
  onObjects('writes a label that is none', [], () => [
    (object) => put(object, 'not a value!', 'metadata', 'labels', 'app.kubernetes.io/part-of'),
    (object) => put(object, true, 'metadata', 'labels', 'app.kubernetes.io/part-of'),
  ]),
];
