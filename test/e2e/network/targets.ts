import type { ContainerSpec } from '../../../checker/manifests/kubernetes';
import type { ListeningPort, Peer } from '../../../checker/reachability/peer';
import type { ApiObject } from '../../../cli/cluster/api-object';
import type { Kubectl } from '../../../cli/cluster/kubectl';
import { isReady } from '../../../cli/cluster/readiness';
import type { Model } from '../model';
import type { Suite } from '../step';
import { PROBE_LABEL, portsOf } from './parties';

/** Somewhere to connect to. */
export interface Target {
  /** A party, an outsider of the flow table, or a place that must never be reached. */
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
  /** `probe` has one of our own listeners behind it, `real` the software itself, `outside` neither. */
  readonly kind: 'probe' | 'real' | 'outside';
  readonly node?: string;
  readonly namespace?: string;
  /** What policies see of it. */
  readonly peer: Peer;
}

export interface Source {
  readonly name: string;
  readonly namespace: string;
  readonly pod: string;
  readonly address: string;
  readonly node: string;
  readonly peer: Peer;
}

export interface Answer {
  readonly source: Source;
  readonly target: Target;
  readonly connects: boolean;
}

/** `postgres:5432`, `dns:53/UDP` */
export const placeOf = ({ name, port, protocol }: Target): string =>
  `${name}:${port}${protocol === 'UDP' ? '/UDP' : ''}`;

/** What policies see of a pod. */
export type PeerOf = (pod: ApiObject) => Peer;

/** Reads pods as they run: with the labels that they and their namespaces have in this cluster. */
export async function peers(kubectl: Kubectl): Promise<PeerOf> {
  const namespaces = await kubectl.list('namespaces');
  const labelsOf = new Map(namespaces.map(({ metadata }) => [metadata.name, metadata.labels]));
  return ({ metadata, spec, status: { podIP: address = '' } = {} }) =>
    spec?.hostNetwork
      ? { address }
      : {
          namespace: metadata.namespace ?? '',
          namespaceLabels: labelsOf.get(metadata.namespace ?? ''),
          labels: metadata.labels ?? {},
          address,
          listens: spec?.containers?.flatMap(listensAt),
        };
}

const listensAt = ({ ports = [] }: ContainerSpec): ListeningPort[] =>
  ports.map(({ name, containerPort: port = 0, protocol }) => ({
    name,
    port,
    protocol: protocol === 'UDP' ? protocol : 'TCP',
  }));

/** Where a pod is. */
export const placeOfPod = ({ spec, status }: ApiObject) => ({
  address: status?.podIP ?? '',
  node: spec?.nodeName ?? '',
});

/** Where a machine in a cloud asks who it is, and gets credentials. */
const METADATA = { name: 'metadata', address: '169.254.169.254', port: 80 };
const KUBELET_PORT = 10250;
const PROBE = { protocol: 'TCP', kind: 'probe' } as const;
const REAL = { protocol: 'TCP', kind: 'real' } as const;

/** Everything that connections are tried to. */
export async function targetsOf(
  { kubectl, settings }: Suite,
  model: Model,
  sources: readonly Source[],
  ports: readonly number[],
): Promise<Target[]> {
  const [internet = '', internetPort] = settings.internet.split(/:(?=\d+$)/);
  const peerOf = await peers(kubectl);
  return [
    ...sources.flatMap(({ name, address, node, namespace, peer }) =>
      ports.map((port) => ({ name, namespace, address, port, node, peer, ...PROBE })),
    ),
    ...(await realPods(kubectl, model.namespace, peerOf)),
    ...(await dns(kubectl, peerOf)),
    ...(await apiServer(kubectl)),
    ...(await kubelets(kubectl)),
    outside(METADATA),
    outside({ name: 'internet', address: internet, port: Number(internetPort) }),
  ];
}

const outside = (place: Pick<Target, 'name' | 'address' | 'port' | 'node'>): Target => ({
  protocol: 'TCP',
  kind: 'outside',
  peer: { address: place.address },
  ...place,
});

/** The software itself, on the ports that the flow table opens: that shows that it answers at all. */
async function realPods(kubectl: Kubectl, namespace: string, peerOf: PeerOf): Promise<Target[]> {
  const pods = await kubectl.in(namespace).list('pods', `--selector=!${PROBE_LABEL}`);
  return pods
    .filter((pod) => isReady(pod) && !pod.metadata.deletionTimestamp)
    .flatMap((pod) => {
      const name = pod.metadata.labels?.['app.kubernetes.io/component'] ?? '';
      const place = { name, namespace, ...placeOfPod(pod), peer: peerOf(pod) };
      return portsOf(name).map((port) => ({ ...place, port, ...REAL }));
    });
}

async function dns(kubectl: Kubectl, peerOf: PeerOf): Promise<Target[]> {
  const pods = await kubectl.in('kube-system').list('pods', '--selector=k8s-app=kube-dns');
  return pods.filter(isReady).flatMap((pod) => {
    const server = outside({ name: 'dns', port: 53, ...placeOfPod(pod) });
    const place = { ...server, peer: peerOf(pod) };
    return [place, { ...place, protocol: 'UDP' as const }];
  });
}

async function apiServer(kubectl: Kubectl): Promise<Target[]> {
  const selector = '--selector=kubernetes.io/service-name=kubernetes';
  const text = await kubectl.in('default').run(['get', 'endpointslices', selector, '--output=json']);
  const slices: { endpoints: { addresses: [string] }[]; ports: [{ port: number }] }[] =
    JSON.parse(text).items;
  return slices.flatMap(({ endpoints, ports: [{ port }] }) =>
    endpoints.map(({ addresses: [address] }) => outside({ name: 'api-server', address, port })),
  );
}

async function kubelets(kubectl: Kubectl): Promise<Target[]> {
  const nodes = await kubectl.list('nodes');
  return nodes.map(({ metadata, status }) => {
    const { address = '' } = status?.addresses?.find(({ type }) => type === 'InternalIP') ?? {};
    return outside({ name: 'kubelet', address, port: KUBELET_PORT, node: metadata.name });
  });
}
