import { grouped } from '../manifests/grouped';
import { LabelIndex } from '../manifests/label-index';
import { type Labels, selects } from '../manifests/label-selector';
import type { Manifest } from '../manifests/manifest';
import { ofKind, once } from '../manifests/workloads';
import { addressOf, isPod, labelsOf, type Peer, type Port, type Protocol } from './peer';
import { mentioned, opens, type PeerMatch, policyOf, type Rule } from './policy';

/** For all ports that no rule mentions: open only where a rule opens every port of a protocol. */
export const ANY_OTHER_PORT = 1;
const OTHERS = (['TCP', 'UDP', 'SCTP'] as const).map((protocol) => ({ port: ANY_OTHER_PORT, protocol }));

/** The rules that hold for a peer. Undefined: no policy restricts it in that direction, everything is allowed. */
interface Rules {
  ingress?: Rule[];
  egress?: Rule[];
}

/**
 * Which of some peers can reach which, read from NetworkPolicy objects the way the API defines them: policies only add;
 * a pod that no policy selects in a direction is open in that direction; both ends must agree.
 *
 * A pod talking to itself, the answers to an allowed connection, and what a node sends to the pods that run on it are
 * not for policies to decide, and not asked here.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
 */
export class Network<P extends Peer = Peer> {
  private readonly rules: ReadonlyMap<P, Rules>;
  private readonly labels: ReadonlyMap<Peer, Labels>;
  private readonly pods: LabelIndex<P>;
  private readonly byAddress: ReadonlyMap<string, readonly P[]>;

  constructor(
    manifests: readonly Manifest[],
    private readonly peers: readonly P[],
  ) {
    this.labels = new Map(peers.filter(isPod).map((pod) => [pod, labelsOf(pod)]));
    this.pods = new LabelIndex<P>(peers.filter(isPod), (pod) => this.labels.get(pod) ?? {});
    this.byAddress = grouped(peers.map((peer) => [addressOf(peer), peer]));
    this.rules = new Map(peers.map((peer) => [peer, {}]));
    for (const { selector, ingress, egress } of ofKind(manifests, 'NetworkPolicy').map(policyOf)) {
      for (const rules of this.pods.select(selector).map((pod) => this.of(pod))) {
        if (ingress) rules.ingress = [...(rules.ingress ?? []), ...ingress];
        if (egress) rules.egress = [...(rules.egress ?? []), ...egress];
      }
    }
  }

  allowed(from: P, to: P, port: number, protocol: Protocol = 'TCP'): boolean {
    return this.sends(from, to, port, protocol) && this.receives(from, to, port, protocol);
  }

  /** The sender's own policies let the connection out. */
  sends(from: P, to: P, port: number, protocol: Protocol = 'TCP'): boolean {
    return open(this.between(this.of(from).egress, to), { port, protocol }, to);
  }

  /** The receiver's own policies let the connection in. */
  receives(from: P, to: P, port: number, protocol: Protocol = 'TCP'): boolean {
    return open(this.between(this.of(to).ingress, from), { port, protocol }, to);
  }

  /** Every open port from one peer to another: those that rules mention, that the target listens on, and any other. */
  openPorts(from: P, to: P): Port[] {
    return this.portsThrough(
      this.between(this.of(from).egress, to),
      this.between(this.of(to).ingress, from),
      to,
    );
  }

  /** What the rules of one end alone would let through, whatever the other end allows; nothing where that end has none. */
  openAt(end: 'sender' | 'receiver', from: P, to: P): Port[] {
    const rules = end === 'sender' ? this.of(from).egress : this.of(to).ingress;
    return rules ? this.portsThrough(this.between(rules, end === 'sender' ? to : from), undefined, to) : [];
  }

  private portsThrough(
    sending: readonly Rule[] | undefined,
    receiving: readonly Rule[] | undefined,
    to: P,
  ): Port[] {
    if (sending?.length === 0 || receiving?.length === 0) return [];
    const ports = [
      ...[...(sending ?? []), ...(receiving ?? [])].flatMap(mentioned),
      ...(to.listens ?? []),
      ...OTHERS,
    ].map(({ port, protocol }): [string, Port] => [`${port}/${protocol}`, { port, protocol }]);
    return [...new Map(ports).values()].filter(
      (port) => open(sending, port, to) && open(receiving, port, to),
    );
  }

  /** All that the receiver's own policies let in, at whatever port. */
  senders(to: P): readonly P[] {
    return this.through(this.of(to).ingress);
  }

  /** All to which the sender's own policies let it out, at whatever port. */
  targets(from: P): readonly P[] {
    return this.through(this.of(from).egress);
  }

  private of(peer: P): Rules {
    const rules = this.rules.get(peer);
    if (!rules) throw new Error('this peer is not of this network');
    return rules;
  }

  private through(rules: readonly Rule[] | undefined): readonly P[] {
    return rules ? this.throughAny(rules) : this.peers;
  }

  private readonly throughAny = once((rules: readonly Rule[]): readonly P[] => {
    if (rules.some(({ peers }) => !peers)) return this.peers;
    const matches = new Set(rules.flatMap(({ peers = [] }) => peers));
    return [...new Set([...matches].flatMap((match) => this.matching(match)))];
  });

  private matching(match: PeerMatch): readonly P[] {
    if ('selector' in match) return this.pods.select(match.selector);
    return [...this.byAddress].flatMap(([address, peers]) => (match.block(address) ? peers : []));
  }

  /** Those rules of one end that are about the other end. */
  private between(rules: readonly Rule[] | undefined, other: P): readonly Rule[] | undefined {
    return rules?.filter(({ peers }) => !peers || peers.some((match) => this.means(match, other)));
  }

  /** Blocks mean whatever has an address in them, pods too: network plug-ins look at packets. */
  private means(match: PeerMatch, peer: P): boolean {
    if ('block' in match) return match.block(addressOf(peer));
    const labels = this.labels.get(peer);
    return labels !== undefined && selects(match.selector, labels);
  }
}

const open = (rules: readonly Rule[] | undefined, port: Port, target: Peer): boolean =>
  !rules || rules.some((rule) => opens(rule, port, isPod(target) ? target.listens : []));
