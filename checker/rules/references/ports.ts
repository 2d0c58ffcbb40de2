import type { ContainerSpec, ObjectOf } from '../../manifests/kubernetes';
import type { Manifest } from '../../manifests/manifest';
import { selected } from '../../manifests/selected';
import {
  type Container,
  containers,
  handlersOf,
  nameOf,
  ofKind,
  type Workload,
  workloads,
} from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';

/** Below it, only root or CAP_NET_BIND_SERVICE may listen; we are and have neither. */
const FIRST_UNPRIVILEGED = 1024;

export const ports = rule({
  id: 'ports',
  what: 'A Service or probe targets a port that no container exposes, or that only root may open.',
  why: 'Kubernetes accepts any number; connections are refused.',
  remedy: 'Use a port that the container declares, above 1023.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service',
  find: ({ manifests }) => {
    const all = workloads(manifests);
    return [
      ...ofKind(manifests, 'Service').flatMap((service) => targetPorts(service, manifests)),
      ...all.flatMap((workload) => [
        ...repeated(workload),
        ...containers(workload).flatMap((container) => [...privileged(container), ...probed(container)]),
      ]),
    ];
  },
});

function targetPorts(service: ObjectOf<'Service'>, manifests: readonly Manifest[]): Finding[] {
  const matchLabels = service.spec?.selector;
  if (!matchLabels) return [];
  const targets = selected(manifests, service, { matchLabels });
  return (service.spec?.ports ?? []).flatMap(({ name, port = 0, targetPort = port, protocol = 'TCP' }) =>
    targets
      .filter((target) => !listening(target).some((l) => l.protocol === protocol && is(l, targetPort)))
      .map((target) => ({
        where: `${nameOf(service)} spec.ports[${name ?? port}].targetPort`,
        value: targetPort,
        wrong: `is not a ${protocol} port of the pods of ${target.name}`,
        remedy: choose(listening(target)),
      })),
  );
}

interface Listener {
  readonly name?: string;
  readonly containerPort: number;
  readonly protocol: string;
}

const listeners = (container: ContainerSpec): Listener[] =>
  (container.ports ?? []).map(({ containerPort = 0, protocol = 'TCP', name }) => ({
    name,
    containerPort,
    protocol,
  }));
const listening = (workload: Workload): Listener[] =>
  containers(workload).flatMap(({ spec }) => listeners(spec));
const is = ({ name, containerPort }: Listener, port: string | number): boolean =>
  typeof port === 'number' ? containerPort === port : name === port;
const choose = (all: readonly Listener[]): string =>
  all.length > 0
    ? `Use one of: ${all.map(({ name, containerPort }) => (name ? `${name} (${containerPort})` : containerPort)).join(', ')}`
    : 'Declare the port among the ports of the container';

/** Containers of a pod share one network: two cannot have the same name or number. */
function repeated(workload: Workload): Finding[] {
  const seen = new Set<string>();
  return containers(workload).flatMap(({ path, spec }) =>
    listeners(spec).flatMap(({ name, containerPort, protocol }) => {
      const taken = [name, `${containerPort}/${protocol}`].filter((id) => id !== undefined && seen.has(id));
      if (name) seen.add(name);
      seen.add(`${containerPort}/${protocol}`);
      return taken.map((value) => ({
        where: `${path}.ports[${name ?? containerPort}]`,
        value,
        wrong: 'is taken by another port of the same pod',
        remedy: 'Choose another name or number',
      }));
    }),
  );
}

const privileged = ({ path, spec }: Container): Finding[] =>
  listeners(spec)
    .filter(({ containerPort }) => containerPort < FIRST_UNPRIVILEGED)
    .map(({ name, containerPort }) => ({
      where: `${path}.ports[${name ?? containerPort}].containerPort`,
      value: containerPort,
      wrong: 'is a port that only root may listen on',
      remedy: `Listen on ${FIRST_UNPRIVILEGED} or above; the Service may still offer ${containerPort}`,
    }));

const probed = (container: Container): Finding[] =>
  handlersOf(container).flatMap(([field, handler]) =>
    (['httpGet', 'tcpSocket', 'grpc'] as const).flatMap((action) => {
      const { path, spec } = container;
      const port = handler?.[action]?.port;
      if (port === undefined || listeners(spec).some((listener) => is(listener, port))) return [];
      return {
        where: `${path}.${field}.${action}.port`,
        value: port,
        wrong: 'is not a port of the container',
        remedy: choose(listeners(spec)),
      };
    }),
  );
