import { z } from 'zod';
import { peerValue } from '../kubernetes/peers';
import { labelValues, objectName } from '../kubernetes/values';

/** Every cluster that kubeadm, kind or minikube makes labels its DNS like this, CoreDNS included. */
export const USUAL_DNS = { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } };

const toleration = z.strictObject({
  key: z.string().min(1, { error: 'names no taint; write its key' }),
  value: z.string().optional(),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
});

/** What is true of the cluster itself. */
export const clusterSettings = z.strictObject({
  /** Secrets of type kubernetes.io/dockerconfigjson with which nodes pull images. Yours to bring. */
  pullSecrets: z.array(objectName).default([]),
  /** Who answers for the names of Services. With NodeLocal DNSCache, its address as well: `169.254.20.10/32`. */
  dns: z
    .array(peerValue)
    .min(1, { error: 'is no one: no pod would find another; remove the key, or name the DNS servers' })
    .default([USUAL_DNS]),
  /** Nodes that every pod runs on, those of the command line included. */
  nodes: z
    .strictObject({
      /** Labels that the nodes have. */
      selector: labelValues.default({}),
      /** Taints of theirs that do not keep these pods away. */
      tolerations: z.array(toleration).default([]),
    })
    .prefault({}),
});
export type ClusterSettings = z.infer<typeof clusterSettings>;
