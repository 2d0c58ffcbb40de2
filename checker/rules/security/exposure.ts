import type { ObjectOf } from '../../manifests/kubernetes';
import { nameOf, ofKind } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';
import { fieldFindings } from '../fields';

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
      // `routes` checks that each host has a certificate where one has.
      ...fieldFindings(`${nameOf(ingress)} spec`, [
        [
          'tls',
          undefined,
          !laptop &&
            (ingress.spec?.tls ?? []).length === 0 &&
            'is missing, so passwords and sessions travel in clear text',
          'Name the hosts and the Secret with their certificate',
        ],
      ]),
    ]),
    ...ofKind(manifests, 'Service').flatMap((service) => {
      const { externalIPs = [], type = '' } = service.spec ?? {};
      return fieldFindings(`${nameOf(service)} spec`, [
        // They take over the traffic of that address: CVE-2020-8554.
        [
          'externalIPs',
          externalIPs,
          externalIPs.length > 0 && 'takes the traffic of addresses that may be those of others',
          'Remove it and use an Ingress',
        ],
        [
          'type',
          type,
          !laptop &&
            ['NodePort', 'LoadBalancer'].includes(type) &&
            'opens a port to the outside, past the ingress controller',
          'Leave it out and use an Ingress',
        ],
      ]);
    }),
  ],
});

const hosts = (ingress: ObjectOf<'Ingress'>): Finding[] =>
  (ingress.spec?.rules ?? []).flatMap(({ host }, i) =>
    fieldFindings(`${nameOf(ingress)} spec.rules[${i}]`, [
      ['host', host, (!host || host.startsWith('*')) && 'answers for every host name', 'Name the host'],
    ]),
  );

const snippets = (ingress: ObjectOf<'Ingress'>): Finding[] =>
  Object.keys(ingress.metadata.annotations ?? {})
    .filter((name) => SNIPPET.test(name))
    .map((name) => ({
      where: `${nameOf(ingress)} metadata.annotations[${name}]`,
      wrong: 'is code for the ingress controller, which serves others as well and reads their Secrets',
      remedy: 'Use an annotation for what is wanted, or do it in the program',
    }));
