import type { ContainerSpec } from '../manifests/kubernetes';
import type { Manifest } from '../manifests/manifest';
import { fieldOf, ofKind, once } from '../manifests/workloads';

/** A container's environment variables, as far as the manifests have them. */
export type Variables = ReadonlyMap<string, string>;

/** Reads environment variables: written out, or from ConfigMaps. What comes from a Secret is unknown here. */
export const variableReader = once(
  (manifests: readonly Manifest[]): ((container: ContainerSpec) => Variables) => {
    const data = new Map(ofKind(manifests, 'ConfigMap').map((map) => [map.metadata.name, map.data ?? {}]));
    return once(({ env, envFrom }: ContainerSpec) => {
      const variables = new Map<string, string>();
      for (const { configMapRef, prefix = '' } of envFrom ?? []) {
        for (const [key, value] of Object.entries(data.get(configMapRef?.name ?? '') ?? {})) {
          variables.set(prefix + key, String(value));
        }
      }
      for (const { name, value, valueFrom } of env ?? []) {
        const { configMapKeyRef, fieldRef } = valueFrom ?? {};
        // A field such as status.podIP is its own value: it can be compared, if not known.
        const found = valueFrom
          ? (fieldOf(data.get(configMapKeyRef?.name ?? ''), configMapKeyRef?.key ?? '') ??
            fieldRef?.fieldPath)
          : expanded(String(value ?? ''), variables);
        if (found === undefined) variables.delete(String(name));
        else variables.set(String(name), String(found));
      }
      return variables;
    });
  },
);

/** Kubernetes puts in what it knows already, and leaves the rest as it is. */
const expanded = (value: string, known: Variables): string =>
  value.replace(/\$\(([^)]+)\)/g, (text, name) => known.get(name) ?? text);
