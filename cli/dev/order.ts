import type { Entry, Look } from './tree';

/** What makes a copy in a pod like the folder here. */
export interface Order {
  readonly write: readonly (readonly [path: string, entry: Entry])[];
  readonly link: readonly (readonly [path: string, to: string])[];
  readonly delete: readonly string[];
}

/**
 * @param look the folder here
 * @param present path → digest of what the pod has, as far as it counts
 */
export function orderFor(
  { files, leftOut }: Pick<Look, 'files' | 'leftOut'>,
  present: ReadonlyMap<string, string | null>,
): Order {
  const changed = [...files].filter(([path, { digest }]) => present.get(path) !== digest);
  return {
    write: changed.filter(([, { to }]) => to === undefined),
    link: changed.flatMap(([path, { to }]) => (to === undefined ? [] : [[path, to] as const])),
    // What is here but is not copied, the pod has from its image.
    delete: [...present.keys()].filter((path) => !files.has(path) && !leftOut.has(path)),
  };
}

export const pathsOf = (order: Order): string[] => [
  ...order.write.map(([path]) => path),
  ...order.link.map(([path]) => path),
  ...order.delete,
];
