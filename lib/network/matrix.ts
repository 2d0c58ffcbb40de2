import type { Manifest } from '../checks/check';
import { containers, type Json, ofKind, type Workload, workloads } from '../checks/workloads';
import { Network, type Peer, type PodPeer, type Port } from './reachability';

export interface Connection extends Port {
  readonly from: string;
  readonly to: string;
}

/** A peer and what findings call it. Several peers may share a name. */
export type Named = readonly [name: string, peer: Peer];

/** `web -> postgres:5432/TCP` */
export const describe = ({ from, to, port, protocol }: Connection): string =>
  `${from} -> ${to}:${port}/${protocol}`;

/** All that is allowed among our pods, and between them and outsiders, sorted: `web -> postgres:5432/TCP`. */
export const matrix = (
  manifests: readonly Manifest[],
  outsiders: Readonly<Record<string, Peer>> = {},
): string[] =>
  connections(new Network(manifests), ourPods(manifests), Object.entries(outsiders)).map(describe).sort();

/** Our pods, by component. */
export const ourPods = (manifests: readonly Manifest[]): [name: string, pod: PodPeer][] =>
  workloads(manifests).map((workload) => [componentOf(workload), podOf(workload, manifests)]);

/** The component whose pods a workload makes. */
export const componentOf = ({ labels, name }: Workload): string =>
  labels['app.kubernetes.io/component'] ?? name;

function podOf(workload: Workload, manifests: readonly Manifest[]): PodPeer {
  const namespace = workload.manifest.metadata.namespace ?? 'default';
  const object = ofKind(manifests, 'Namespace').find(({ metadata }) => metadata.name === namespace);
  return {
    namespace,
    namespaceLabels: object?.metadata.labels,
    labels: workload.labels,
    listens: containers(workload).flatMap(({ spec }) =>
      (spec.ports ?? []).map(({ name, containerPort, protocol = 'TCP' }: Json) => ({
        name,
        port: containerPort,
        protocol,
      })),
    ),
  };
}

/** Stands for all ports that nobody mentions: open only where a rule opens every port of a protocol. */
export const ANY_OTHER_PORT = 1;

/**
 * Every open connection with one of our pods at one end at least, once per pair of names.
 * Two pods of one component are two pods: `web -> web` is what one replica may send to another.
 */
export function connections(
  network: Network,
  ours: readonly (readonly [string, PodPeer])[],
  outsiders: readonly Named[],
): Connection[] {
  const listened = ours.flatMap(([, { listens = [] }]) => listens);
  const others = (['TCP', 'UDP', 'SCTP'] as const).map((protocol) => ({ port: ANY_OTHER_PORT, protocol }));
  const ports = [
    ...new Map(
      [...network.ports, ...listened, ...others].map(({ port, protocol }) => [
        `${port}/${protocol}`,
        { port, protocol },
      ]),
    ).values(),
  ];
  const open = new Map<string, Connection>();
  const probe = ([from, sender]: Named, [to, target]: Named) => {
    for (const { port, protocol } of network.openPorts(sender, target, ports)) {
      open.set(`${from} ${to} ${port}/${protocol}`, { from, to, port, protocol });
    }
  };
  for (const pod of ours) {
    for (const other of ours) probe(pod, other);
    for (const outsider of outsiders) {
      probe(pod, outsider);
      probe(outsider, pod);
    }
  }
  return [...open.values()];
}
