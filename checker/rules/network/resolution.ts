import { calls } from '../../analysis/calls';
import { ofKind, workloads } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';

export const resolution = rule({
  id: 'resolution',
  what: 'A pod asks for Services by name, and does not ask the DNS of the cluster for them.',
  why: 'The names are right, the Services are there, and the pod alone does not find them, or finds somebody else.',
  remedy: 'Leave dnsPolicy out, and no name of a Service in hostAliases.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy',
  find: ({ manifests, own }) => {
    const callers = new Set(calls(manifests).map(({ workload }) => workload));
    const services = new Set(ofKind(manifests, 'Service').map(({ metadata }) => metadata.name));
    return workloads(manifests).flatMap((workload): Finding[] => {
      const { pod, podPath } = workload;
      const wanted = pod.hostNetwork ? 'ClusterFirstWithHostNet' : 'ClusterFirst';
      const { dnsPolicy = 'ClusterFirst' } = pod;
      const aliases = (pod.hostAliases ?? []).flatMap((alias) => alias?.hostnames ?? []);
      return [
        // Some are told of a Service in a file; no pod of ours has a reason to ask somebody else.
        ...((own || callers.has(workload)) && ![wanted, 'ClusterFirstWithHostNet'].includes(dnsPolicy)
          ? [
              {
                where: `${podPath}.dnsPolicy`,
                value: dnsPolicy,
                wrong: 'does not ask the DNS of the cluster, which alone knows Services',
                remedy: `Set it to ${wanted}`,
              },
            ]
          : []),
        ...aliases
          .filter((name: string) => services.has(name))
          .map((name: string) => ({
            where: `${podPath}.hostAliases`,
            value: name,
            wrong: 'is the name of a Service, and leads somewhere else',
            remedy: 'Remove it',
          })),
      ];
    });
  },
});
