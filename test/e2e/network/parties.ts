import { containers, workloads } from '../../../checker/manifests/workloads';
import { componentOf } from '../../../checker/reachability/matrix';
import { componentNames } from '../../../lib/components';
import { flows } from '../../../lib/network/flows';
import type { Manifest } from '../../manifest';
import type { Model } from '../model';

/** A peer on the network, as network policies see it: namespace and labels. */
export interface Party {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** On every pod of ours that only tries connections. No policy and no Service looks at it. */
export const PROBE_LABEL = 'coped.org/e2e';
/** A namespace without any policy. */
export const OUTSIDE = 'coped-e2e-outside';
const BYSTANDER = 'bystander';
export const IMPOSTOR = 'impostor';

/** Every peer whose connections are tried: one pod is started for each. */
export function partiesOf({ manifests, environment, namespace }: Model): Party[] {
  const components = workloads(manifests).map((workload) => ({
    name: componentOf(workload),
    namespace,
    labels: workload.labels as Record<string, string>,
  }));
  const web = components.find(({ name }) => name === 'web');
  const { controller } = environment.ingress;
  return [
    ...components,
    // In the namespace, but no component: a pod started by hand.
    { name: BYSTANDER, namespace, labels: {} },
    // A controller that is no pod has none to try it with.
    ...('namespace' in controller ? [{ name: 'ingress-controller', ...controller }] : []),
    // Wears the labels of web in a namespace of its own: labels alone must not open a door.
    { name: IMPOSTOR, namespace: OUTSIDE, labels: web?.labels ?? {} },
  ];
}

const ours = flows.filter(({ to }) => (componentNames as readonly string[]).includes(to));

/** The ports of a component that the flow table opens. */
export const portsOf = (component: string): number[] => [
  ...new Set(ours.filter(({ to }) => to === component).map(({ port }) => port)),
];

/** Every port of ours at which anything is opened or only listens: all of them are tried on every peer. */
export const allPorts = (manifests: readonly Manifest[]): number[] => {
  const listening = workloads(manifests)
    .flatMap(containers)
    .flatMap(({ spec }) => (spec.ports ?? []).map(({ containerPort }) => Number(containerPort)));
  return [...new Set([...ours.map(({ port }) => port), ...listening])].sort((a, b) => a - b);
};
