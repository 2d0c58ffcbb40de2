import { ApiObject, type ApiObjectProps, JsonPatch, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Kinds } from './k8s';

const VERSIONS: Readonly<Record<keyof Kinds, string>> = {
  Certificate: 'cert-manager.io/v1',
  ConfigMap: 'v1',
  CronJob: 'batch/v1',
  Deployment: 'apps/v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
  Ingress: 'networking.k8s.io/v1',
  Issuer: 'cert-manager.io/v1',
  Job: 'batch/v1',
  LimitRange: 'v1',
  Namespace: 'v1',
  NetworkPolicy: 'networking.k8s.io/v1',
  PersistentVolumeClaim: 'v1',
  PodDisruptionBudget: 'policy/v1',
  ResourceQuota: 'v1',
  Secret: 'v1',
  Service: 'v1',
  ServiceAccount: 'v1',
  StatefulSet: 'apps/v1',
};

/** An object of a kind whose fields are known; `id` is its name among those in `scope`. */
export const make = <K extends keyof Kinds>(scope: Construct, id: string, kind: K, fields: Kinds[K]) =>
  new KubernetesObject(scope, id, { apiVersion: VERSIONS[kind], kind, ...(fields as object) });

/**
 * An object of any kind. cdk8s's own asks three resolvers about every value, and copies it twice; this one goes through its fields once,
 * with the same result.
 */
export class KubernetesObject extends ApiObject {
  readonly #fields: ApiObjectProps;
  readonly #patches: JsonPatch[] = [];

  constructor(scope: Construct, id: string, fields: ApiObjectProps) {
    super(scope, id, fields);
    this.#fields = fields;
  }

  override addJsonPatch(...patches: JsonPatch[]): void {
    this.#patches.push(...patches);
  }

  override toJson(): object {
    try {
      const made = ordered(this.#fields, this.metadata.toJson());
      if (this.#patches.length === 0) return made;
      const patched = JsonPatch.apply(made, ...this.#patches);
      return ordered(patched, written(patched.metadata));
    } catch (error) {
      throw new Error(
        `Failed serializing construct at path '${this.node.path}' with name '${this.name}': ${error}`,
      );
    }
  }
}

const ordered = (
  { apiVersion, kind, metadata: _, ...others }: ApiObjectProps,
  metadata: unknown,
): object => ({
  apiVersion,
  kind,
  metadata,
  ...(written(others) as object),
});

/** A value as JSON has it: sorted by name, without what is not set. What cdk8s makes later is made now. */
function written(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  if (Array.isArray(value)) return value.map(written);
  const fields = value as Readonly<Record<string, unknown>>;
  if (typeof fields.resolve === 'function') return written(fields.resolve());
  if (value.constructor !== Object) return value instanceof Lazy ? written(value.produce()) : covered(fields);
  const result: Record<string, unknown> = {};
  for (const name of Object.keys(fields).sort()) {
    const field = written(fields[name]);
    if (field !== undefined) result[name] = field;
  }
  return result;
}

/** What is in a `Quantity` or `IntOrString`. */
function covered(object: Readonly<Record<string, unknown>>): unknown {
  if (typeof object.value === 'number' || typeof object.value === 'string') return object.value;
  throw new Error(`can't render non-simple object of type '${object.constructor.name}'`);
}
