import type { ApiObject } from '../../../cli/cluster/kubectl';
import { LAST_APPLIED } from '../../../cli/cluster/last-applied';

interface Field {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly owners: ReadonlySet<string>;
}

/** An object as the API server keeps it: every field with those who want it so. */
export class FakeObject {
  private fields = new Map<string, Field>();

  constructor(
    private readonly identity: ApiObject,
    /** Counts how often it was replaced. */
    readonly version = 1,
  ) {}

  /** Kind and name tell apart enough here. */
  static readonly key = ({ kind, metadata }: ApiObject): string => `${kind} ${metadata.name}`;

  copy(): FakeObject {
    const copy = new FakeObject(this.identity, this.version);
    copy.fields = new Map(this.fields);
    return copy;
  }

  set(path: readonly string[], value: unknown, manager: string): void {
    const key = path.join('\n');
    const old = this.fields.get(key);
    const same = old && JSON.stringify(old.value) === JSON.stringify(value);
    this.fields.set(key, { path, value, owners: new Set([...(same ? old.owners : []), manager]) });
  }

  /** What a manager wants is so, and what it wants no more is gone, unless somebody else wants it. */
  apply(object: ApiObject, manager: string): void {
    const wanted = leaves(object);
    for (const { path, value } of wanted) this.set(path, value, manager);
    const keys = new Set(wanted.map(({ path }) => path.join('\n')));
    for (const [key, { path, value, owners }] of this.fields) {
      if (keys.has(key) || !owners.has(manager)) continue;
      const others = new Set([...owners].filter((owner) => owner !== manager));
      if (others.size > 0) this.fields.set(key, { path, value, owners: others });
      else this.fields.delete(key);
    }
  }

  isNotedBy(manager: string): boolean {
    return (
      this.fields.get(['metadata', 'annotations', LAST_APPLIED].join('\n'))?.owners.has(manager) ?? false
    );
  }

  handOver(from: string, to: string): void {
    for (const [key, field] of this.fields) {
      const owners = [...field.owners].map((owner) => (owner === from ? to : owner));
      this.fields.set(key, { ...field, owners: new Set(owners) });
    }
  }

  private fieldsOf(manager: string): object {
    const own = {};
    for (const { path, owners } of this.fields.values()) {
      if (owners.has(manager))
        put(
          own,
          path.map((name) => `f:${name}`),
          {},
        );
    }
    return own;
  }

  /** As kubectl prints it; workloads are ready at once. */
  render(): ApiObject {
    const { apiVersion, kind, metadata } = this.identity;
    const object: ApiObject = { apiVersion, kind, metadata: { name: metadata.name } };
    if (metadata.namespace) object.metadata.namespace = metadata.namespace;
    for (const { path, value } of this.fields.values()) put(object, path, value);
    const managers = [...new Set([...this.fields.values()].flatMap(({ owners }) => [...owners]))];
    object.metadata.uid = `${kind}-${metadata.name}`;
    object.metadata.resourceVersion = String(this.version);
    object.metadata.generation = 1;
    object.metadata.managedFields = managers.map((manager) => ({
      manager,
      operation: manager === 'coped' ? 'Apply' : 'Update',
      time: '2026-01-02T03:04:05Z',
      fieldsV1: this.fieldsOf(manager),
    }));
    if (kind === 'Deployment')
      object.status = { observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: 1 };
    if (kind === 'Job') object.status = { conditions: [{ type: 'Complete', status: 'True' }] };
    return object;
  }
}

const NOT_FIELDS = ['apiVersion', 'kind', 'metadata.name', 'metadata.namespace', 'metadata.resourceVersion'];

function leaves(value: ApiObject, path: readonly string[] = []): Pick<Field, 'path' | 'value'>[] {
  if (NOT_FIELDS.includes(path.join('.')) || value === undefined) return [];
  const inner =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  return inner.length > 0
    ? inner.flatMap(([key, item]) => leaves(item, [...path, key]))
    : path.length > 1
      ? [{ path, value }]
      : [];
}

function put(object: ApiObject, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) object[key] = value;
  else {
    object[key] ??= {};
    put(object[key], rest, value);
  }
}
