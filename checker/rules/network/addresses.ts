import { didYouMean, useOneOf } from '../../../formats/nearest';
import { behind, calls } from '../../analysis/calls';
import { clusterDns, type Meaning } from '../../analysis/cluster-dns';
import { type Host, hosts } from '../../analysis/hosts';
import { settings } from '../../analysis/settings';
import { sameNamespace } from '../../manifests/inventory';
import type { ObjectOf } from '../../manifests/kubernetes';
import type { Manifest } from '../../manifests/manifest';
import { mayHaveOthers } from '../../manifests/namespaces';
import { containers, nameOf, ofKind, once, workloads } from '../../manifests/workloads';
import { type Findings, rule } from '../../rule';

export const addresses = rule({
  id: 'addresses',
  what: 'Configuration names a Service that does not exist, or a port that it does not offer.',
  why: 'To Kubernetes an address is only text. A wrong one shows at the first request, as a timeout or "could not resolve host".',
  remedy: 'Use a Service of the same namespace and a port of it, not of its containers.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/',
  acrossNamespaces: true,
  find: ({ manifests }) =>
    addressesIn(manifests).map((address) =>
      address.target
        ? [pod(address, address.target, manifests), port(address, address.target, manifests)]
        : unknownHost(address, manifests),
    ),
});

/** An address in configuration. */
export type Address = Host & Meaning;

/** Every address in configuration that is one of a Service of these manifests, or that has to be. */
export const addressesIn = once((manifests: readonly Manifest[]): readonly Address[] => {
  const lookup = clusterDns(manifests);
  const elsewhere = new Set(['localhost', ...aliases(manifests), ...upstreams(manifests)]);
  return settings(manifests).flatMap(({ from, all }) =>
    all.flatMap((setting) =>
      hosts(setting, all).flatMap((host) => {
        const meaning = elsewhere.has(host.host) ? undefined : lookup(host.host, from.metadata.namespace);
        return meaning && (meaning.target || host.certain) ? [{ ...host, ...meaning }] : [];
      }),
    ),
  );
});

/** Names that a pod's own hosts file gives to addresses. */
const aliases = (manifests: readonly Manifest[]): string[] =>
  workloads(manifests).flatMap(({ pod }) =>
    (pod.hostAliases ?? []).flatMap((alias) => alias?.hostnames ?? []),
  );

const UPSTREAM = /^\s*upstream\s+([\w.-]+)\s*\{/gm;

/** Names that a configuration of Nginx gives to groups of servers, to be used like a host. */
const upstreams = (manifests: readonly Manifest[]): string[] =>
  settings(manifests).flatMap(({ all }) =>
    all.flatMap(({ value }) =>
      value.includes('upstream') ? [...value.matchAll(UPSTREAM)].map(([, name = '']) => name) : [],
    ),
  );

function unknownHost({ where, host, service, namespace }: Address, manifests: readonly Manifest[]): Findings {
  const services = ofKind(manifests, 'Service');
  if (mayHaveOthers(manifests, namespace)) return undefined;
  const near = services.filter(({ metadata }) => sameNamespace(metadata.namespace, namespace));
  // In a namespace that is not in the manifests, only the name of one of our Services is suspicious: it may be of another environment.
  if (near.length === 0 && !services.some(({ metadata }) => metadata.name === service)) return undefined;
  const names = (near.length > 0 ? near : services).map(({ metadata }) => metadata.name);
  const wrong =
    near.length > 0
      ? 'names a Service that does not exist'
      : 'names a Service in a namespace that is not in these manifests';
  return [{ where, value: host, wrong, remedy: `${didYouMean(service, names)}${useOneOf(names)}` }];
}

function pod(
  { where, host, pod, service }: Address,
  target: Manifest,
  manifests: readonly Manifest[],
): Findings {
  if (pod === undefined || mayHaveOthers(manifests, target.metadata.namespace)) return undefined;
  const [, set, ordinal] = /^(.+)-(\d+)$/.exec(pod) ?? [];
  const exists = ofKind(manifests, 'StatefulSet').some(
    ({ metadata, spec }) =>
      metadata.name === set &&
      spec?.serviceName === service &&
      Number(ordinal) < (spec.replicas ?? Number.POSITIVE_INFINITY),
  );
  const wrong = `is not the name of a pod of ${nameOf(target)}`;
  const remedy = 'Use <StatefulSet>-<number>.<its serviceName>, with a number below replicas';
  return !exists && { where, value: host, wrong, remedy };
}

function port(
  { where, port, implied, portWhere = where }: Address,
  target: ObjectOf<'Service'>,
  manifests: readonly Manifest[],
): Findings {
  const headless = target.spec?.clusterIP === 'None';
  const ports = headless ? opened(target, manifests) : target.spec?.ports?.map((port) => port?.port);
  const elsewhere = target.spec?.type === 'ExternalName' || !ports;
  // Members of a cluster name each other without a port, and know theirs.
  if (port === undefined || elsewhere || ports.includes(port) || (headless && implied)) return undefined;
  return {
    where: portWhere,
    value: port,
    wrong: `is not a port of ${nameOf(target)}`,
    remedy: `Use one of: ${[...new Set(ports)].join(', ') || 'none, it has no ports'}`,
  };
}

/** Behind a headless Service there is no proxy that translates ports: clients connect to the pods directly. */
function opened(service: ObjectOf<'Service'>, manifests: readonly Manifest[]): number[] | undefined {
  const pods = behind(service, manifests);
  if (pods.length === 0) return undefined;
  return pods
    .flatMap(containers)
    .flatMap(({ spec }) => (spec.ports ?? []).map((port) => Number(port?.containerPort)));
}

export const resolution = rule({
  id: 'resolution',
  what: 'A pod calls Services by name, and does not use the DNS of the cluster.',
  why: 'The names are right and the Services exist, but this pod cannot resolve them, or reaches another host.',
  remedy: 'Leave dnsPolicy out, and no name of a Service in hostAliases.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy',
  find: ({ manifests, own }) => {
    const callers = new Set(calls(manifests).map(({ workload }) => workload));
    const services = new Set(ofKind(manifests, 'Service').map(({ metadata }) => metadata.name));
    return workloads(manifests).map((workload) => {
      const { pod, podPath } = workload;
      const { dnsPolicy = 'ClusterFirst', hostNetwork, hostAliases = [] } = pod;
      const wanted = hostNetwork ? 'ClusterFirstWithHostNet' : 'ClusterFirst';
      return [
        // A pod may read the name of a Service from a file; no pod of ours needs another DNS.
        (own || callers.has(workload)) &&
          ![wanted, 'ClusterFirstWithHostNet'].includes(dnsPolicy) && {
            where: `${podPath}.dnsPolicy`,
            value: dnsPolicy,
            wrong: 'does not use the DNS of the cluster, and no other resolves Services',
            remedy: `Set it to ${wanted}`,
          },
        hostAliases
          .flatMap((alias) => alias?.hostnames ?? [])
          .filter((name) => services.has(name))
          .map((value) => ({
            where: `${podPath}.hostAliases`,
            value,
            wrong: 'is the name of a Service, and leads to another address',
            remedy: 'Remove it',
          })),
      ];
    });
  },
});
