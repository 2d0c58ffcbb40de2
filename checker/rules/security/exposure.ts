import type { ObjectOf } from '../../manifests/kubernetes';
import { nameOf, ofKind } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';

/** They go into the controller's own configuration as they are: `nginx.ingress.kubernetes.io/server-snippet`. */
const SNIPPET = /-snippets?$/;

export const exposure = rule({
  id: 'exposure',
  what: 'A host, port or address is open to the outside other than by one host name, with a certificate, through the ingress controller.',
  why: 'An Ingress without a host answers for every name that resolves to the cluster, a snippet is code that runs in the controller that all share, and a port of the node has neither a certificate nor a log.',
  remedy: 'Give each Ingress rule a host and a certificate, and leave Services to the cluster.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#tls',
  // Fake secrets mark a laptop, which is not reached from outside.
  find: ({ manifests, fakeSecrets: laptop = false }) => [
    ...ofKind(manifests, 'Ingress').flatMap((ingress) => [
      ...hosts(ingress),
      ...snippets(ingress),
      ...(laptop ? [] : plain(ingress)),
    ]),
    ...ofKind(manifests, 'Service').flatMap((service) => [
      ...externalAddresses(service),
      ...(laptop ? [] : pastTheIngress(service)),
    ]),
  ],
});

const hosts = (ingress: ObjectOf<'Ingress'>): Finding[] =>
  (ingress.spec?.rules ?? []).flatMap(({ host = '' }, i) =>
    host === '' || host.startsWith('*')
      ? {
          where: `${nameOf(ingress)} spec.rules[${i}].host`,
          value: host || undefined,
          wrong: 'answers for every host name',
          remedy: 'Name the host',
        }
      : [],
  );

const snippets = (ingress: ObjectOf<'Ingress'>): Finding[] =>
  Object.keys(ingress.metadata.annotations ?? {})
    .filter((name) => SNIPPET.test(name))
    .map((name) => ({
      where: `${nameOf(ingress)} metadata.annotations[${name}]`,
      wrong: 'is code for the ingress controller, which serves others as well and reads their Secrets',
      remedy: 'Use an annotation for what is wanted, or do it in the program',
    }));

/** `routes` checks that each host has a certificate where one has. */
const plain = (ingress: ObjectOf<'Ingress'>): Finding[] =>
  (ingress.spec?.tls ?? []).length > 0
    ? []
    : [
        {
          where: `${nameOf(ingress)} spec.tls`,
          wrong: 'is missing, so passwords and sessions travel in clear text',
          remedy: 'Name the hosts and the Secret with their certificate',
        },
      ];

/** They take over the traffic of that address: CVE-2020-8554. */
const externalAddresses = (service: ObjectOf<'Service'>): Finding[] =>
  (service.spec?.externalIPs ?? []).length === 0
    ? []
    : [
        {
          where: `${nameOf(service)} spec.externalIPs`,
          value: service.spec?.externalIPs,
          wrong: 'takes the traffic of addresses that may be those of others',
          remedy: 'Remove it and use an Ingress',
        },
      ];

const pastTheIngress = (service: ObjectOf<'Service'>): Finding[] =>
  ['NodePort', 'LoadBalancer'].includes(service.spec?.type ?? '')
    ? [
        {
          where: `${nameOf(service)} spec.type`,
          value: service.spec?.type,
          wrong: 'opens a port to the outside, past the ingress controller',
          remedy: 'Leave it out and use an Ingress',
        },
      ]
    : [];
