import { behind } from '../../analysis/calls';
import type { ContainerSpec, ObjectOf } from '../../manifests/kubernetes';
import type { Manifest } from '../../manifests/manifest';
import { namespaceOf } from '../../manifests/namespaces';
import { references } from '../../manifests/references';
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
import { type Findings, rule } from '../../rule';
import { backends } from '../ingress/routes';
import { addressesIn } from '../network/addresses';

const FIRST_UNPRIVILEGED = 1024;

export const ports = rule({
  id: 'ports',
  what: 'A Service or probe targets a port that no container exposes, or a container listens where its user may not.',
  why: 'Kubernetes accepts any port; connections are refused. In other manifests a number may be right although no container declares it.',
  remedy: 'Use a port that the container declares, above 1023.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service',
  find: ({ manifests, own }) => [
    ofKind(manifests, 'Service').map((service) => targetPorts(service, manifests, own)),
    workloads(manifests).map((workload) => [
      repeated(workload),
      containers(workload).map((container) => [privileged(container, workload), probed(container, own)]),
    ]),
  ],
});

type Port = NonNullable<ContainerSpec['ports']>[number];

const portsOf = ({ spec }: Container): readonly Port[] => spec.ports ?? [];
/** Whether a port is one of these. A declaration only informs, and ours are complete; but a name means nothing without one. */
const isOneOf = (all: readonly Port[], port: string | number, own = false): boolean =>
  all.some(({ name, containerPort }) => [name, containerPort].includes(port)) ||
  (!own && typeof port === 'number');
const choose = (all: readonly Port[]): string =>
  all.length > 0
    ? `Use one of: ${all.map(({ name, containerPort }) => (name ? `${name} (${containerPort})` : containerPort)).join(', ')}`
    : 'Declare the port among the ports of the container';

const targetPorts = (service: ObjectOf<'Service'>, manifests: readonly Manifest[], own?: boolean): Findings =>
  (service.spec?.ports ?? []).map(({ name, port = 0, targetPort = port, protocol = 'TCP' }) =>
    behind(service, manifests).map((target) => {
      const all = containers(target).flatMap(portsOf);
      const ofProtocol = all.filter((one) => (one.protocol ?? 'TCP') === protocol);
      if (isOneOf(ofProtocol, targetPort, own)) return undefined;
      return {
        where: `${nameOf(service)} spec.ports[${name ?? port}].targetPort`,
        value: targetPort,
        wrong: `is not a ${protocol} port of the pods of ${target.name}`,
        remedy: choose(all),
      };
    }),
  );

/** Containers of a pod share one network: two cannot have the same name or number. */
function repeated(workload: Workload): Findings {
  const seen = new Set<string>();
  return containers(workload).map((container) =>
    portsOf(container).map(({ name, containerPort = 0, protocol = 'TCP' }) => {
      const ids = [name ?? [], `${containerPort}/${protocol}`].flat();
      const taken = ids.filter((id) => seen.has(id));
      for (const id of ids) seen.add(id);
      return taken.map((value) => ({
        where: `${container.path}.ports[${name ?? containerPort}]`,
        value,
        wrong: 'is taken by another port of the same pod',
        remedy: 'Choose another name or number',
      }));
    }),
  );
}

/** Root and NET_BIND_SERVICE may open any port, and so may everyone where the kernel is set so. */
function privileged({ path, spec }: Container, { pod }: Workload): Findings {
  const { runAsUser, runAsNonRoot, capabilities } = { ...pod.securityContext, ...spec.securityContext };
  const isFree =
    !(runAsUser ?? runAsNonRoot) ||
    capabilities?.add?.some((one) => ['NET_BIND_SERVICE', 'ALL'].includes(one)) ||
    pod.securityContext?.sysctls?.some(({ name }) => name === 'net.ipv4.ip_unprivileged_port_start');
  if (isFree) return undefined;
  return (spec.ports ?? []).map(
    ({ name, containerPort = 0 }) =>
      containerPort < FIRST_UNPRIVILEGED && {
        where: `${path}.ports[${name ?? containerPort}].containerPort`,
        value: containerPort,
        wrong: 'is a port that containerd lets only root open, before its version 2.0',
        remedy: `Listen on ${FIRST_UNPRIVILEGED} or above; the Service may still offer ${containerPort}`,
      },
  );
}

const probed = (container: Container, own?: boolean): Findings =>
  handlersOf(container).map(([field, handler]) =>
    (handler ? ACTIONS : []).map((action) => {
      const port = handler?.[action]?.port;
      const all = portsOf(container);
      if (port === undefined || isOneOf(all, port, own)) return undefined;
      const where = `${container.path}.${field}.${action}.port`;
      return { where, value: port, wrong: 'is not a port of the container', remedy: choose(all) };
    }),
  );

/** What the kubelet may do to a port. */
const ACTIONS = ['httpGet', 'tcpSocket', 'grpc'] as const;

export const unreached = rule({
  id: 'unreached',
  severity: 'warning',
  what: 'Nothing uses a Service, or nothing connects to a port of a container.',
  why: 'An open port without a use is an unnecessary risk, and more often the sign of a client that calls another address.',
  remedy: 'Let a route or a setting lead there, or remove it.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/service/',
  // The Services of other manifests may have clients outside of them.
  needs: ['own'],
  find: ({ manifests }) => [unusedServices(manifests), unreachedPorts(manifests)],
});

function unusedServices(manifests: readonly Manifest[]): Findings {
  const used = new Set([
    ...addressesIn(manifests).map(({ target }) => target && idOf(namespaceOf(target), target.metadata.name)),
    ...references(manifests).map(
      ({ kind, name, namespace = 'default' }) => kind === 'Service' && idOf(namespace, name),
    ),
    ...ofKind(manifests, 'Ingress').flatMap((ingress) =>
      backends(ingress).map(({ service }) => idOf(namespaceOf(ingress), service?.name)),
    ),
  ]);
  return (
    ofKind(manifests, 'Service')
      .filter((service) => !used.has(idOf(namespaceOf(service), service.metadata.name)))
      // These are used from outside the cluster.
      .filter(({ spec }) => !['NodePort', 'LoadBalancer'].includes(spec?.type ?? ''))
      .map((service) => ({
        where: nameOf(service),
        wrong: 'is a Service that nothing uses',
        remedy: 'Let a route or a setting lead there, or remove it',
      }))
  );
}

const idOf = (namespace: string, name: string | undefined): string => `${namespace}/${name}`;

function unreachedPorts(manifests: readonly Manifest[]): Findings {
  const reached = new Map<Workload, Set<unknown>>(
    workloads(manifests).map((workload) => [workload, new Set()]),
  );
  const reach = (workload: Workload, port: unknown): unknown => reached.get(workload)?.add(port);
  for (const service of ofKind(manifests, 'Service')) {
    for (const workload of behind(service, manifests)) {
      for (const { port, targetPort = port } of service.spec?.ports ?? []) reach(workload, targetPort);
    }
  }
  for (const policy of ofKind(manifests, 'NetworkPolicy')) {
    const opened = (policy.spec?.ingress ?? []).flatMap((rule) => rule?.ports ?? []);
    for (const workload of selected(manifests, policy, policy.spec?.podSelector ?? {})) {
      for (const { port } of opened) reach(workload, port);
    }
  }
  return [...reached].map(([workload, known]) =>
    containers(workload).map((container) => {
      const used = new Set([...known, ...probedPorts(container)]);
      // A port may have no name, and a handler no port.
      used.delete(undefined);
      return (container.spec.ports ?? [])
        .filter(({ name, containerPort }) => !used.has(name) && !used.has(containerPort))
        .map(({ name, containerPort }) => ({
          where: `${container.path}.ports[${name ?? containerPort}]`,
          value: containerPort,
          wrong: 'is a port that no Service, policy or probe leads to',
          remedy: 'Let one of them lead there, or remove it',
        }));
    }),
  );
}

/** Ports that the kubelet probes. */
const probedPorts = (container: Container): unknown[] =>
  handlersOf(container).flatMap(([, handler]) =>
    handler ? ACTIONS.map((action) => handler[action]?.port) : [],
  );
