import type { Manifest } from '../../manifests/manifest';
import { nameOf, ofKind } from '../../manifests/workloads';
import { compareFacts, entriesOf, type Fact } from '../facts';
import type { Section } from '../section';
import { count } from '../wording';

/** Public addresses, and their certificates. */
export const routes: Section = {
  title: 'Addresses and certificates',
  explanation: 'What can be reached from outside. A new host needs a DNS record before it works.',
  entries: ({ committed, applied }) => {
    const { gained, lost } = compareFacts(routesOf(committed), routesOf(applied));
    return [...entriesOf(gained, 'has these new'), ...entriesOf(lost, 'has these no longer', true)];
  },
  summary: (entries) => (entries.length > 0 ? `${count(entries.length, 'change')} of addresses` : undefined),
};

const routesOf = (manifests: readonly Manifest[]): Fact[] => [
  ...ofKind(manifests, 'Ingress').flatMap((ingress) => {
    const { ingressClassName, rules = [], tls = [] } = ingress.spec ?? {};
    return [
      ...rules.flatMap(({ host = '*', http }) =>
        (http?.paths ?? []).map(({ path = '/', backend }) => {
          const { name, port } = backend?.service ?? {};
          return `${host}${path} routes to Service/${name}:${port?.number ?? port?.name}`;
        }),
      ),
      ...tls.map(({ hosts = [], secretName }) => `TLS for ${hosts.join(', ')} from Secret/${secretName}`),
      `served by the ingress class ${ingressClassName ?? 'that is the default'}`,
    ].map((what): Fact => [nameOf(ingress), what]);
  }),
  ...ofKind(manifests, 'Certificate').map((certificate): Fact => {
    const { dnsNames = [], issuerRef } = certificate.spec ?? {};
    return [
      nameOf(certificate),
      `${dnsNames.join(', ') || 'no name'}, signed by ${issuerRef?.kind ?? 'Issuer'}/${issuerRef?.name}`,
    ];
  }),
  ...ofKind(manifests, 'Service')
    .filter(({ spec }) => ['NodePort', 'LoadBalancer'].includes(spec?.type ?? ''))
    .flatMap((service) =>
      (service.spec?.ports ?? []).map(
        ({ port, nodePort }): Fact => [
          nameOf(service),
          service.spec?.type === 'NodePort'
            ? `port ${nodePort ?? 'that Kubernetes chooses'} of every node`
            : `port ${port} of a load balancer`,
        ],
      ),
    ),
];
