import { z } from 'zod';
import { componentNames } from '../components';
import { peerValue } from '../kubernetes/peers';
import { labelValues, objectName } from '../kubernetes/values';

/** Every cluster that kubeadm, kind or minikube makes labels its DNS like this, CoreDNS included. */
export const USUAL_DNS = { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } };

const toleration = z.strictObject({
  key: z.string().min(1, { error: 'names no taint; write its key' }),
  value: z.string().optional(),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
});

/** Names that the table of flows knows besides the components: lib/network/flows.ts. */
export const outsiderNames = ['ingress-controller', 'node-port', 'dns', 'internet'] as const;

const peerName = objectName.refine(
  (name) => ![...componentNames, ...outsiderNames].some((one) => one === name),
  {
    error: 'is the name of something else in the table of flows; write another name',
  },
);

/** What is true of the cluster itself. */
export const clusterSettings = z.strictObject({
  /** Secrets of type kubernetes.io/dockerconfigjson with which nodes pull images. Yours to bring. */
  pullSecrets: z.array(objectName).default([]),
  /** Who answers for the names of Services. With NodeLocal DNSCache, its address as well: `169.254.20.10/32`. */
  dns: z
    .array(peerValue)
    .min(1, { error: 'is no one: no pod would find another; remove the key, or name the DNS servers' })
    .default([USUAL_DNS]),
  /** What the application calls besides the internet, by the names in its `calls`: `{ mail: { addresses: ['192.0.2.7/32'] } }` */
  peers: z.record(peerName, peerValue).default({}),
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
