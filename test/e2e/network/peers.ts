import type { ListeningPort, Peer } from '../../../checker/reachability/peer';
import type { ApiObject, Kubectl } from '../../../cli/cluster/kubectl';

/** What policies see of a pod. */
export type PeerOf = (pod: ApiObject) => Peer;

/** Reads pods as they run: with the labels that they and their namespaces have in this cluster. */
export async function peers(kubectl: Kubectl): Promise<PeerOf> {
  const namespaces: ApiObject[] = (await kubectl.get('namespaces')).items;
  const labelsOf = new Map(namespaces.map(({ metadata }) => [metadata.name, metadata.labels]));
  return ({ metadata, spec, status }) =>
    spec.hostNetwork
      ? { address: status.podIP }
      : {
          namespace: metadata.namespace,
          namespaceLabels: labelsOf.get(metadata.namespace),
          labels: metadata.labels ?? {},
          address: status.podIP,
          listens: spec.containers.flatMap(portsOf),
        };
}

const portsOf = ({ ports = [] }: ApiObject): ListeningPort[] =>
  ports.map(({ name, containerPort, protocol }: ApiObject) => ({ name, port: containerPort, protocol }));
