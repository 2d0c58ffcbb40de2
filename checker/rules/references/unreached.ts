import type { Manifest } from '../../manifests/manifest';
import { references } from '../../manifests/references';
import { namespaceOf, selected } from '../../manifests/selected';
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
import { backends } from '../ingress/ingress-backends';
import { addressesIn } from '../network/addresses';

export const unreached = rule({
  id: 'unreached',
  what: 'Nothing uses a Service, or nothing connects to a port of a container.',
  why: 'An open port without a use is an unnecessary risk, and more often the sign of a client that calls another address.',
  remedy: 'Let a route or a setting lead there, or remove it.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/service/',
  // The Services of other manifests may have clients outside of them.
  needs: ['own'],
  find: ({ manifests }) => [...services(manifests), ...ports(manifests)],
});

function services(manifests: readonly Manifest[]): Finding[] {
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

function ports(manifests: readonly Manifest[]): Finding[] {
  const reached = new Map<Workload, Set<unknown>>(
    workloads(manifests).map((workload) => [workload, new Set()]),
  );
  const reach = (workload: Workload, port: unknown): unknown => reached.get(workload)?.add(port);
  for (const service of ofKind(manifests, 'Service')) {
    if (!service.spec?.selector) continue;
    for (const workload of selected(manifests, service, { matchLabels: service.spec.selector })) {
      for (const { port, targetPort = port } of service.spec.ports ?? []) reach(workload, targetPort);
    }
  }
  for (const policy of ofKind(manifests, 'NetworkPolicy')) {
    const opened = (policy.spec?.ingress ?? []).flatMap((rule) => rule?.ports ?? []);
    for (const workload of selected(manifests, policy, policy.spec?.podSelector ?? {})) {
      for (const { port } of opened) reach(workload, port);
    }
  }
  return [...reached].flatMap(([workload, known]) =>
    containers(workload).flatMap((container) => {
      const probed = probes(container);
      return (container.spec.ports ?? [])
        .filter(
          ({ name, containerPort }) =>
            ![name, containerPort].some((id) => known.has(id) || probed.includes(id)),
        )
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
const probes = (container: Container): unknown[] =>
  handlersOf(container).flatMap(([, handler]) =>
    [handler?.httpGet, handler?.tcpSocket, handler?.grpc].map((action) => action?.port),
  );
