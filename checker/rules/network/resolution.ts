import { calls } from '../../analysis/calls';
import { ofKind, workloads } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';
import { type Field, fieldFindings } from '../fields';

export const resolution = rule({
  id: 'resolution',
  what: 'A pod calls Services by name, and does not use the DNS of the cluster.',
  why: 'The names are right and the Services exist, but this pod cannot resolve them, or reaches another host.',
  remedy: 'Leave dnsPolicy out, and no name of a Service in hostAliases.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy',
  find: ({ manifests, own }) => {
    const callers = new Set(calls(manifests).map(({ workload }) => workload));
    const services = new Set(ofKind(manifests, 'Service').map(({ metadata }) => metadata.name));
    return workloads(manifests).flatMap((workload): Finding[] => {
      const { pod, podPath } = workload;
      const { dnsPolicy = 'ClusterFirst', hostAliases = [], hostNetwork } = pod;
      const wanted = hostNetwork ? 'ClusterFirstWithHostNet' : 'ClusterFirst';
      const isOther = ![wanted, 'ClusterFirstWithHostNet'].includes(dnsPolicy);
      return fieldFindings(podPath, [
        // A pod may read the name of a Service from a file; no pod of ours needs another DNS.
        [
          'dnsPolicy',
          dnsPolicy,
          (own || callers.has(workload)) &&
            isOther &&
            'does not use the DNS of the cluster, and no other resolves Services',
          `Set it to ${wanted}`,
        ],
        ...hostAliases
          .flatMap((alias) => alias?.hostnames ?? [])
          .map(
            (name): Field => [
              'hostAliases',
              name,
              services.has(name) && 'is the name of a Service, and leads to another address',
              'Remove it',
            ],
          ),
      ]);
    });
  },
});
