import { addressBlock } from '../../formats/cidr';
import type { ObjectOf, PolicyPeer, PolicyPort, PolicyRule } from '../manifests/kubernetes';
import type { LabelSelector } from '../manifests/label-selector';
import { listOf } from '../manifests/workloads';
import { both, type ListeningPort, named, type Port, type Protocol } from './peer';

/** A NetworkPolicy, with what the API server fills in and what empty and absent mean. */
export interface Policy {
  /** Over `labelsOf`: the policy holds for pods of its own namespace. */
  readonly selector: LabelSelector;
  /** Undefined: the policy does not restrict this direction. Empty: it allows nothing. */
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

/** Lets some peers through, to some ports. */
export interface Rule {
  /** One match is enough. Undefined: every peer. */
  readonly peers?: readonly PeerMatch[];
  /** One match is enough. Undefined: every port. */
  readonly ports?: readonly PolicyPort[];
}

/** Which peers one item of a rule means. */
export type PeerMatch =
  | { readonly selector: LabelSelector }
  | { readonly block: (address: string) => boolean };

export function policyOf({ metadata, spec }: ObjectOf<'NetworkPolicy'>): Policy {
  const namespace = metadata?.namespace ?? 'default';
  const types = [...listOf(spec?.policyTypes)];
  // What the API server fills in: egress counts only where rules for it are written.
  if (types.length === 0) types.push('Ingress', ...(listOf(spec?.egress).length > 0 ? ['Egress'] : []));
  const rules = (type: string, given: readonly PolicyRule[] | undefined, peers: 'from' | 'to') =>
    types.includes(type) ? listOf(given).map((rule) => ruleOf(rule ?? {}, peers, namespace)) : undefined;
  return {
    selector: both(named(namespace), spec?.podSelector ?? {}),
    ingress: rules('Ingress', spec?.ingress, 'from'),
    egress: rules('Egress', spec?.egress, 'to'),
  };
}

/** Empty means the same as absent here: everything, not nothing. */
function ruleOf(rule: PolicyRule, peers: 'from' | 'to', namespace: string): Rule {
  const matches = listOf(rule[peers]).flatMap((peer) => matchOf(peer ?? {}, namespace));
  const ports = listOf(rule.ports).map((port) => port ?? {});
  return {
    peers: listOf(rule[peers]).length > 0 ? matches : undefined,
    ports: ports.length > 0 ? ports : undefined,
  };
}

/** An empty item is refused by the API server; it never means everything. */
function matchOf({ ipBlock, namespaceSelector, podSelector }: PolicyPeer, namespace: string): PeerMatch[] {
  if (ipBlock) return [{ block: addressBlock(String(ipBlock.cidr), listOf(ipBlock.except)) }];
  if (!namespaceSelector && !podSelector) return [];
  return [{ selector: both(namespaceSelector ?? named(namespace), podSelector ?? {}) }];
}

/** Whether a rule opens a port of a target that listens on these: names of ports are those of the target, in either direction. */
export const opens = (
  { ports }: Rule,
  { port, protocol }: Port,
  listens: readonly ListeningPort[] = [],
): boolean =>
  !ports ||
  ports.some((given) => {
    if ((given.protocol ?? 'TCP') !== protocol) return false;
    if (given.port === undefined || given.port === null) return true;
    if (typeof given.port === 'number') return port >= given.port && port <= (given.endPort ?? given.port);
    return listens.some((l) => l.name === given.port && l.port === port && l.protocol === protocol);
  });

/**
 * The ports that a rule mentions by number: where one answer can differ from the next. A range by its ends and by its
 * second port as well: a rule for both ends need not open what lies between.
 */
export const mentioned = ({ ports = [] }: Rule): Port[] =>
  ports.flatMap(({ port, endPort, protocol = 'TCP' }) => {
    if (typeof port !== 'number') return [];
    const range = endPort !== undefined && endPort > port ? [port, port + 1, endPort] : [port];
    return range.map((number) => ({ port: number, protocol: protocol as Protocol }));
  });
