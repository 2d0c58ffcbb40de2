import { BlockList, isIPv6 } from 'node:net';
import type { Manifest } from '../checks/check';
import { type Json, ofKind } from '../checks/workloads';
import { type Labels, selects } from '../kubernetes/label-selector';
import { isCidr } from './cidr';

export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** One end of a connection: a pod, or an address that is no pod (a node, the internet). */
export type Peer = PodPeer | { readonly address: string };

export interface PodPeer {
  readonly namespace: string;
  /** The label `kubernetes.io/metadata.name` is added: every namespace has it. */
  readonly namespaceLabels?: Labels;
  readonly labels: Labels;
  /** @default 10.244.0.7, in the pod network of kind and kubeadm */
  readonly address?: string;
  /** What it listens on; policies look up named ports here. */
  readonly listens?: readonly (Port & { readonly name?: string })[];
}

export interface Port {
  readonly port: number;
  readonly protocol: Protocol;
}

const POD_ADDRESS = '10.244.0.7';

interface Rule {
  readonly matchesPeer: (peer: Peer) => boolean;
  /** `target` is the end that listens, whichever direction the rule is for. */
  readonly matchesPort: (port: number, protocol: Protocol, target: Peer) => boolean;
}

interface Policy {
  readonly selectsPod: (pod: PodPeer) => boolean;
  /** Undefined: the policy does not speak about this direction. */
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

/**
 * Who can reach whom, read from NetworkPolicy objects the way the API defines them: policies only add;
 * a pod that no policy selects in a direction is open in that direction; both ends must agree.
 * Answers to an allowed connection and a pod talking to itself need no rule and are not asked here.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
 */
export class Network {
  /** All ports that a policy mentions by number: where one answer can differ from the next. */
  readonly ports: readonly Port[];
  private readonly policies: readonly Policy[];
  private readonly known = new Map<Peer, { ingress?: readonly Rule[]; egress?: readonly Rule[] }>();

  constructor(manifests: readonly Manifest[]) {
    const objects = ofKind(manifests, 'NetworkPolicy');
    this.policies = objects.map(compile);
    this.ports = objects.flatMap(portsOf);
  }

  allowed(from: Peer, to: Peer, port: number, protocol: Protocol = 'TCP'): boolean {
    return this.sends(from, to, port, protocol) && this.receives(from, to, port, protocol);
  }

  /** The sender's own policies let the connection out. */
  sends(from: Peer, to: Peer, port: number, protocol: Protocol = 'TCP'): boolean {
    const rules = this.rules(from).egress;
    return !rules || rules.some((r) => r.matchesPort(port, protocol, to) && r.matchesPeer(to));
  }

  /** The receiver's own policies let the connection in. */
  receives(from: Peer, to: Peer, port: number, protocol: Protocol = 'TCP'): boolean {
    const rules = this.rules(to).ingress;
    return !rules || rules.some((r) => r.matchesPort(port, protocol, to) && r.matchesPeer(from));
  }

  /** Which of these ports are open between two peers. Most pairs have no rule at all: that is asked first. */
  openPorts(from: Peer, to: Peer, ports: readonly Port[]): Port[] {
    const sending = this.rules(from).egress?.filter((r) => r.matchesPeer(to));
    if (sending?.length === 0) return [];
    const receiving = this.rules(to).ingress?.filter((r) => r.matchesPeer(from));
    if (receiving?.length === 0) return [];
    const open = (rules: readonly Rule[] | undefined, { port, protocol }: Port) =>
      !rules || rules.some((r) => r.matchesPort(port, protocol, to));
    return ports.filter((port) => open(sending, port) && open(receiving, port));
  }

  /** The rules that hold for a peer; undefined: every connection of that direction is allowed. */
  private rules(peer: Peer) {
    let rules = this.known.get(peer);
    if (!rules) {
      const own = isPod(peer) ? this.policies.filter((policy) => policy.selectsPod(peer)) : [];
      const ingress = own.flatMap((policy) => policy.ingress ?? []);
      const egress = own.flatMap((policy) => policy.egress ?? []);
      rules = {
        ingress: own.some((policy) => policy.ingress) ? ingress : undefined,
        egress: own.some((policy) => policy.egress) ? egress : undefined,
      };
      this.known.set(peer, rules);
    }
    return rules;
  }
}

export const isPod = (peer: Peer): peer is PodPeer => 'namespace' in peer;

function compile({ metadata, spec = {} }: Manifest): Policy {
  const namespace = metadata.namespace ?? 'default';
  const types: string[] = spec.policyTypes?.length
    ? spec.policyTypes
    : // What the API server fills in: egress counts only where rules for it are written.
      ['Ingress', ...(spec.egress?.length ? ['Egress'] : [])];
  const rules = (direction: 'ingress' | 'egress', type: string, peers: string) =>
    types.includes(type)
      ? (spec[direction] ?? []).map((rule: Json) => compileRule(rule, rule[peers], namespace))
      : undefined;
  return {
    selectsPod: (pod) => pod.namespace === namespace && selects(spec.podSelector ?? {}, pod.labels),
    ingress: rules('ingress', 'Ingress', 'from'),
    egress: rules('egress', 'Egress', 'to'),
  };
}

/** An absent or empty list of peers means everybody; likewise for ports. Within a list, one match is enough. */
function compileRule(rule: Json, peers: Json[] | undefined, namespace: string): Rule {
  const matchers = peers?.map((peer) => peerMatcher(peer, namespace)) ?? [];
  const ports: Json[] = rule.ports ?? [];
  return {
    matchesPeer: (peer) => matchers.length === 0 || matchers.some((matches) => matches(peer)),
    matchesPort: (port, protocol, target) =>
      ports.length === 0 || ports.some((given) => portMatches(given, port, protocol, target)),
  };
}

function peerMatcher(peer: Json, namespace: string): (peer: Peer) => boolean {
  if (peer.ipBlock) return blockMatcher(peer.ipBlock);
  const { podSelector, namespaceSelector } = peer;
  if (!podSelector && !namespaceSelector) return () => false;
  return (other) =>
    isPod(other) &&
    (namespaceSelector
      ? selects(namespaceSelector, {
          ...other.namespaceLabels,
          'kubernetes.io/metadata.name': other.namespace,
        })
      : other.namespace === namespace) &&
    (!podSelector || selects(podSelector, other.labels));
}

/** Blocks match whatever has an address in them, pods too: network plug-ins look at packets. */
function blockMatcher({ cidr, except = [] }: Json): (peer: Peer) => boolean {
  const inside = blockList([cidr]);
  const outside = blockList(except);
  return ({ address = POD_ADDRESS }) => {
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    // Node would find every IPv4 address in ::/0; no network plug-in does.
    if (String(cidr).includes(':') !== isIPv6(address)) return false;
    return inside.check(address, family) && !outside.check(address, family);
  };
}

function blockList(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs.filter(isCidr)) {
    const [address = '', bits] = cidr.split('/');
    list.addSubnet(address, Number(bits), isIPv6(address) ? 'ipv6' : 'ipv4');
  }
  return list;
}

function portMatches(given: Json, port: number, protocol: Protocol, target: Peer): boolean {
  if ((given.protocol ?? 'TCP') !== protocol) return false;
  if (given.port === undefined) return true;
  if (typeof given.port === 'number') return port >= given.port && port <= (given.endPort ?? given.port);
  const listens = isPod(target) ? (target.listens ?? []) : [];
  return listens.some((l) => l.name === given.port && l.port === port && l.protocol === protocol);
}

const portsOf = ({ spec }: Manifest): Port[] =>
  [...(spec?.ingress ?? []), ...(spec?.egress ?? [])]
    .flatMap((rule: Json) => rule.ports ?? [])
    .flatMap(({ port, endPort, protocol = 'TCP' }: Json) => [
      { port, protocol },
      { port: endPort, protocol },
    ])
    .filter(({ port }) => typeof port === 'number');
