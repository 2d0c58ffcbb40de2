import type { Construct } from 'constructs';
import { k8s } from '../kubernetes/k8s';
import { metadata, selectorLabels } from '../kubernetes/labels';
import type { ComponentName, Flow, OutsiderName } from './flows';

/** What an outsider is in a given cluster; absent if the environment has none of that kind. */
export type Outsiders = Readonly<Partial<Record<OutsiderName, k8s.NetworkPolicyPeer[]>>>;

/** Nothing may connect to anything, in either direction, unless another policy says so. */
export const denyByDefault = (scope: Construct) =>
  new k8s.KubeNetworkPolicy(scope, 'default-deny', {
    metadata: { name: 'default-deny' },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  });

/** One component's lines of the table, as one policy: who may connect to it, and where it may connect. */
export function allowFlows(
  scope: Construct,
  component: ComponentName,
  flows: readonly Flow[],
  present: readonly ComponentName[],
  outsiders: Outsiders,
): void {
  const peers = (name: ComponentName | OutsiderName): k8s.NetworkPolicyPeer[] =>
    present.includes(name as ComponentName)
      ? [{ podSelector: { matchLabels: selectorLabels(name as ComponentName) } }]
      : (outsiders[name as OutsiderName] ?? []);

  const ingress = flows
    .filter(({ to }) => to === component)
    .map((flow) => ({ from: flow.from.flatMap(peers), ports: ports(flow) }))
    // An empty list would allow everybody.
    .filter(({ from }) => from.length > 0);
  const egress = flows
    .filter(({ from }) => from.includes(component))
    .map((flow) => ({ to: peers(flow.to), ports: ports(flow) }))
    .filter(({ to }) => to.length > 0);

  new k8s.KubeNetworkPolicy(scope, component, {
    metadata: metadata(component),
    spec: {
      podSelector: { matchLabels: selectorLabels(component) },
      policyTypes: ['Ingress', 'Egress'],
      // Absent means nothing, just as an empty list does; but the API server drops an empty one.
      ingress: ingress.length > 0 ? ingress : undefined,
      egress: egress.length > 0 ? egress : undefined,
    },
  });
}

const ports = ({ port, protocols = ['TCP'] }: Flow): k8s.NetworkPolicyPort[] =>
  protocols.map((protocol) => ({ port: k8s.IntOrString.fromNumber(port), protocol }));
