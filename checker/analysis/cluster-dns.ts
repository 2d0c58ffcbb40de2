import { grouped } from '../manifests/grouped';
import { sameNamespace } from '../manifests/inventory';
import type { ObjectOf } from '../manifests/kubernetes';
import type { Manifest } from '../manifests/manifest';
import { ofKind, once } from '../manifests/workloads';

/** What a host name means inside the cluster. */
export interface Meaning {
  readonly service: string;
  readonly namespace?: string;
  /** One pod of the Service: `elasticsearch-0`. */
  readonly pod?: string;
  /** The Service, if it is there. */
  readonly target?: ObjectOf<'Service'>;
}

/** `data-0` is the first pod of the StatefulSet `data`. */
const ORDINAL = /-\d+$/;

/**
 * What the cluster's DNS makes of a host that a pod asks for: `service`, `pod.service`, `service.namespace`, each perhaps with
 * `.svc` or `.svc.cluster.local`. Undefined for a host that has nothing to do with these manifests.
 * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
 */
export const clusterDns = once((manifests: readonly Manifest[]) => {
  const services = grouped(ofKind(manifests, 'Service').map((service) => [service.metadata.name, service]));
  const namespaces = new Set(manifests.map(({ metadata }) => metadata.namespace));
  const statefulSets = new Set(ofKind(manifests, 'StatefulSet').map(({ metadata }) => metadata.name));

  const meaning = (service: string, namespace: string | undefined, pod?: string): Meaning => ({
    service,
    namespace,
    pod,
    target: services.get(service)?.find(({ metadata }) => sameNamespace(metadata.namespace, namespace)),
  });

  return (host: string, namespace: string | undefined): Meaning | undefined => {
    const [name = '', cluster] = host.toLowerCase().split(/\.(svc(?:\.cluster\.local)?)\.?$/);
    const labels = name.split('.');
    if (!/^[a-z]/.test(name)) return undefined;
    const [first = '', second = '', third = ''] = labels;
    if (labels.length === 1) return cluster ? undefined : meaning(first, namespace);
    if (labels.length === 2) {
      if (cluster || namespaces.has(second)) return meaning(first, second);
      const isPod = meaning(second, namespace).target || statefulSets.has(first.replace(ORDINAL, ''));
      return isPod ? meaning(second, namespace, first) : undefined;
    }
    return labels.length === 3 && (cluster || namespaces.has(third))
      ? meaning(second, third, first)
      : undefined;
  };
});
