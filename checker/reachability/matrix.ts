import type { ContainerSpec } from '../manifests/kubernetes';
import type { Labels } from '../manifests/label-selector';
import type { Manifest } from '../manifests/manifest';
import { containers, ofKind, once, type Workload, workloads } from '../manifests/workloads';
import type { ListeningPort, Peer, Port, Protocol } from './peer';
import { Network } from './reachability';

export interface Connection extends Port {
  readonly from: string;
  readonly to: string;
}

/** A peer and what findings call it. Several peers may share a name. */
export type Named = Peer & { readonly name: string };

/** Examples of what is outside, each called by the name that it is listed under. */
export const namedPeers = (outsiders: Readonly<Partial<Record<string, readonly Peer[]>>>): Named[] =>
  Object.entries(outsiders).flatMap(([name, peers = []]) => peers.map((peer) => ({ ...peer, name })));

/** `web -> postgres:5432/TCP` */
export const describe = ({ from, to, port, protocol }: Connection): string =>
  `${from} -> ${to}:${port}/${protocol}`;

/** All that is allowed among our pods, and between them and outsiders, sorted: `web -> postgres:5432/TCP`. */
export function matrix(
  manifests: readonly Manifest[],
  outsiders: Readonly<Record<string, Peer>> = {},
): string[] {
  const ours = ourPods(manifests);
  const others = Object.entries(outsiders).map(([name, peer]): Named => ({ ...peer, name }));
  return connections(new Network(manifests, [...ours, ...others]), ours, others)
    .map(describe)
    .sort();
}

/** Our pods, by component. */
export const ourPods = once((manifests: readonly Manifest[]): readonly Named[] => {
  const labels = new Map(
    ofKind(manifests, 'Namespace').map(({ metadata }) => [metadata.name, metadata.labels]),
  );
  return workloads(manifests).map((workload) => ({
    name: componentOf(workload),
    ...peerOf(workload, labels),
  }));
});

/** The component whose pods a workload makes. */
export const componentOf = ({ labels, name }: Workload): string =>
  labels['app.kubernetes.io/component'] ?? name;

/** Some node, in the network of many a laptop and office. */
export const NODE_ADDRESS = '192.168.0.10';

function peerOf(workload: Workload, labelsOf: ReadonlyMap<string, Labels | undefined>): Peer {
  const { labels, manifest, pod } = workload;
  const listens = listensOn(workload);
  // Network plug-ins see the node and not the pod: no policy holds for it, and no selector selects it.
  if (pod.hostNetwork) return { address: NODE_ADDRESS, listens };
  const namespace = manifest.metadata.namespace ?? 'default';
  return { namespace, namespaceLabels: labelsOf.get(namespace), labels, listens };
}

/** What a workload's pods listen on, as far as they say so. */
export const listensOn = (workload: Workload): ListeningPort[] =>
  containers(workload)
    .filter(({ init, spec }) => !init || isSidecar(spec))
    .flatMap(({ spec }) => spec.ports ?? [])
    .map(({ name, containerPort = 0, protocol = 'TCP' }) => ({
      name,
      port: containerPort,
      protocol: protocol as Protocol,
    }));

/** Runs beside the others, so its ports have names for policies too; other init containers are gone by then. */
const isSidecar = ({ restartPolicy }: ContainerSpec): boolean => restartPolicy === 'Always';

/**
 * Every open connection with one of our pods at one end at least, once per pair of names.
 * Two pods of one component are two pods: `web -> web` is what one replica may send to another.
 */
export function connections(
  network: Network<Named>,
  ours: readonly Named[],
  outsiders: readonly Named[],
): Connection[] {
  const open = new Map<string, Connection>();
  for (const [from, to] of pairs(network, new Set(ours), new Set(outsiders))) {
    for (const { port, protocol } of network.openPorts(from, to)) {
      const connection = { from: from.name, to: to.name, port, protocol };
      open.set(describe(connection), connection);
    }
  }
  return [...open.values()];
}

/** A connection that one end would let through, whatever the other end allows. */
export interface HalfOpen extends Connection {
  readonly end: 'sender' | 'receiver';
}

/** What each of our pods would let in or out by its own rules: a second lock does not excuse the first. */
export const halfOpen = (network: Network<Named>, ours: readonly Named[]): HalfOpen[] => {
  const at = (end: HalfOpen['end'], from: Named, to: Named): HalfOpen[] =>
    network
      .openAt(end, from, to)
      .map(({ port, protocol }) => ({ end, from: from.name, to: to.name, port, protocol }));
  return ours.flatMap((pod) => [
    ...network.senders(pod).flatMap((from) => at('receiver', from, pod)),
    ...network.targets(pod).flatMap((to) => at('sender', pod, to)),
  ]);
};

/** The pairs that one end at least lets through: far fewer than all. */
function pairs(
  network: Network<Named>,
  ours: ReadonlySet<Named>,
  outsiders: ReadonlySet<Named>,
): (readonly [from: Named, to: Named])[] {
  const into = [...ours].flatMap((to) => network.senders(to).map((from) => [from, to] as const));
  const outOf = [...ours].flatMap((from) => network.targets(from).map((to) => [from, to] as const));
  const inner = into.length < outOf.length ? into : outOf;
  return [
    ...inner.filter(([from, to]) => ours.has(from) && ours.has(to)),
    ...into.filter(([from]) => outsiders.has(from)),
    ...outOf.filter(([, to]) => outsiders.has(to)),
  ];
}
