import written from './reference-fields.json';

/** A field on the way; a list is gone into at every entry. */
export interface Step {
  readonly field: string;
  readonly list: boolean;
}

/** What a field names. */
interface Named {
  /** The kind, unless there is a `kind` beside the name. */
  readonly kind: string;
  /** What the object in the field calls the name: `name`, almost everywhere in Kubernetes. */
  readonly name?: string;
  /** Entries that have to be there, where the field itself cannot say so. */
  readonly keys?: readonly string[];
}

/** A field that names another object. */
export interface Field extends Named {
  /** The way to it. Its value is a name, or an object with a name in it. */
  readonly path: readonly Step[];
}

/**
 * What refers to others: path → kind. Selectors are the business of `selectors`, the ports of a Service that of `ports`. Owners are
 * objects of the same namespace, or of the cluster. A ClusterIssuer belongs to the cluster, and finds its Secrets in a namespace
 * of cert-manager's, so that it is not here.
 */
const table: Readonly<Record<string, Readonly<Record<string, string | Named>>>> = written;

/** The fields of each kind; and of every object, the spec of a pod and a container. */
export const FIELDS: ReadonlyMap<string, readonly Field[]> = new Map(
  Object.entries(table).flatMap(([kinds, paths]) => {
    const fields = Object.entries(paths).map(([path, named]) => ({
      ...(typeof named === 'string' ? { kind: named } : named),
      path: path.split('.').map(toStep),
    }));
    return kinds.split(', ').map((kind) => [kind, fields] as const);
  }),
);

/** `volumes[]`: the brackets mean every entry. */
function toStep(text: string): Step {
  return { field: text.replace('[]', ''), list: text.endsWith('[]') };
}
