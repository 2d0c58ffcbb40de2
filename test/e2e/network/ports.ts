import type { Json } from '../../../checker/manifests/manifest';
import { containers, workloads } from '../../../checker/manifests/workloads';
import { componentNames } from '../../../lib/components';
import { flows } from '../../../lib/network/flows';
import type { Manifest } from '../../manifest';

const ours = flows.filter(({ to }) => (componentNames as readonly string[]).includes(to));

/** The ports of a component that the flow table opens. */
export const portsOf = (component: string): number[] => [
  ...new Set(ours.filter(({ to }) => to === component).map(({ port }) => port)),
];

/** `postgres:5432`: all places of ours in the flow table, in its order. */
export const places = (): string[] => [...new Set(ours.map(({ to, port }) => `${to}:${port}`))];

/** Every port of ours at which anything is opened or only listens: all of them are tried on everybody. */
export const allPorts = (manifests: readonly Manifest[]): number[] => {
  const listening = workloads(manifests)
    .flatMap(containers)
    .flatMap(({ spec }) => (spec.ports ?? []).map(({ containerPort }: Json) => Number(containerPort)));
  return [...new Set([...ours.map(({ port }) => port), ...listening])].sort((a, b) => a - b);
};
