import { ApiObject, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import type * as k8s from './k8s';

/** What a cluster asks of every pod. */
export interface Placement {
  /** Secrets with which nodes pull images. */
  readonly pullSecrets: readonly string[];
  readonly nodes: {
    readonly selector: Readonly<Record<string, string>>;
    readonly tolerations: readonly k8s.Toleration[];
  };
}

/** Where each kind has the spec of its pods. */
const POD_SPECS: Readonly<Record<string, string>> = {
  CronJob: '/spec/jobTemplate/spec/template/spec',
  Deployment: '/spec/template/spec',
  Job: '/spec/template/spec',
  StatefulSet: '/spec/template/spec',
};

/** As Kubernetes writes one: with a value it has to be the taint's, without one any will do. */
export const tolerationOf = (one: k8s.Toleration): k8s.Toleration => ({
  operator: one.value === undefined ? 'Exists' : 'Equal',
  ...one,
});

/** Done to whatever has been built, so that no component can forget it. */
export function place(root: Construct, { pullSecrets, nodes }: Placement): void {
  for (const node of root.node.findAll()) {
    if (!ApiObject.isApiObject(node)) continue;
    const pod = POD_SPECS[node.kind];
    const patch = (path: string, value: unknown) => node.addJsonPatch(JsonPatch.add(path, value));
    if (node.kind === 'ServiceAccount' && pullSecrets.length > 0)
      patch(
        '/imagePullSecrets',
        pullSecrets.map((name) => ({ name })),
      );
    if (pod && Object.keys(nodes.selector).length > 0) patch(`${pod}/nodeSelector`, nodes.selector);
    if (pod && nodes.tolerations.length > 0) patch(`${pod}/tolerations`, nodes.tolerations.map(tolerationOf));
  }
}
