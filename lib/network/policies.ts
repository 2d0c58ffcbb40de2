import type { Construct } from 'constructs';
import { comment } from '../kubernetes/comments';
import type * as k8s from '../kubernetes/k8s';
import { metadata, selectorLabels } from '../kubernetes/labels';
import { make } from '../kubernetes/object';
import type { Flow } from './flows';

/** What an outsider is in a given cluster; absent if the environment has none of that kind. */
export type Outsiders = Readonly<Record<string, readonly Outsider[]>>;

export interface Outsider {
  readonly peer: k8s.NetworkPolicyPeer;
  /** Where we connect to it; absent where it connects to us. */
  readonly port?: number;
}

/** Nothing may connect to anything, in either direction, unless another policy says so. */
export const denyByDefault = (scope: Construct) =>
  make(scope, 'default-deny', 'NetworkPolicy', {
    metadata: { name: 'default-deny' },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  });

/** One component's lines of the table, as one policy: who may connect to it, and where it may connect. */
export function allowFlows(
  scope: Construct,
  component: string,
  flows: readonly Flow[],
  present: readonly string[],
  outsiders: Outsiders,
): void {
  const peers = (name: string, at?: number): k8s.NetworkPolicyPeer[] =>
    present.includes(name)
      ? [{ podSelector: { matchLabels: selectorLabels(name) } }]
      : (outsiders[name] ?? [])
          .filter(({ port }) => port === undefined || port === at)
          .map(({ peer }) => peer);

  const ingress = flows
    .filter(({ to }) => to === component)
    .map((flow) => ({
      rule: { from: flow.from.flatMap((name) => peers(name)), ports: ports(flow) },
      why: flow.why,
    }))
    // An empty list would allow every peer.
    .filter(({ rule }) => rule.from.length > 0);
  const egress = flows
    .filter(({ from }) => from.includes(component))
    .map((flow) => ({ rule: { to: peers(flow.to, flow.port), ports: ports(flow) }, why: flow.why }))
    .filter(({ rule }) => rule.to.length > 0);

  const policy = make(scope, 'policy', 'NetworkPolicy', {
    metadata: metadata(component),
    spec: {
      podSelector: { matchLabels: selectorLabels(component) },
      policyTypes: ['Ingress', 'Egress'],
      // Absent means nothing, just as an empty list does; but the API server drops an empty one.
      ingress: ingress.length > 0 ? ingress.map(({ rule }) => rule) : undefined,
      egress: egress.length > 0 ? egress.map(({ rule }) => rule) : undefined,
    },
  });
  for (const [i, { why }] of ingress.entries()) comment(policy, `spec.ingress.${i}`, why);
  for (const [i, { why }] of egress.entries()) comment(policy, `spec.egress.${i}`, why);
}

const ports = ({ port, protocols = ['TCP'] }: Flow): k8s.NetworkPolicyPort[] =>
  protocols.map((protocol) => ({ port, protocol }));
