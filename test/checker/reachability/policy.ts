import type { Manifest } from '../../manifest';

/** A policy of the namespace `ours`, unless another is given. */
export const policy = (spec: object | undefined, namespace = 'ours'): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'policy', namespace },
  spec,
});
