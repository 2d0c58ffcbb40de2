import { nameOf } from '../../../checker/manifests/workloads';
import { remove, set, when } from '../change';
import { type Operator, onObjects } from '../mutant';

const PART_OF = 'metadata.labels[app.kubernetes.io/part-of]';

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
  ...onObjects([], {
    'renames an object': set('metadata.name', (name) => `${name}-2`),
    'gives an object a name that is none': set('metadata.name', 'Not_A_Name'),
    'puts an object into another namespace': when(
      'kind',
      /^(?!Namespace$)/,
      set('metadata.namespace', 'default'),
      remove('metadata.namespace'),
    ),
    'writes a label that is none': [set(PART_OF, 'not a value!'), set(PART_OF, true)],
  }),
];
