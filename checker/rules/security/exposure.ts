import { behind } from '../../analysis/calls';
import { sourcesOf } from '../../analysis/volume-sources';
import { grouped } from '../../manifests/grouped';
import type { ObjectOf } from '../../manifests/kubernetes';
import type { Manifest } from '../../manifests/manifest';
import { namespaceOf } from '../../manifests/namespaces';
import { listOf, nameOf, ofKind, once, type Workload } from '../../manifests/workloads';
import { type Findings, rule } from '../../rule';
import { type Field, fieldFindings } from '../fields';

/** They go into the controller's own configuration as they are: `nginx.ingress.kubernetes.io/server-snippet`. */
const SNIPPET = /-snippets?$/;

export const exposure = rule({
  id: 'exposure',
  severity: 'warning',
  what: 'A host, port or address is open to the outside other than by one host name, with a certificate, through the ingress controller.',
  why: 'An Ingress without a host answers for every name that resolves to the cluster, a snippet is code that runs in the controller that all share, and a port of the node has neither a certificate nor a log.',
  remedy: 'Give each Ingress rule a host and a certificate, and leave Services to the cluster.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#tls',
  // Fake secrets mark a laptop, which is not reached from outside.
  find: ({ manifests, fakeSecrets: laptop = false }) => [
    ofKind(manifests, 'Ingress').map((ingress) => [
      (ingress.spec?.rules ?? []).map((rule, i) =>
        fieldFindings(`${nameOf(ingress)} spec.rules[${i}]`, rule, [HOST]),
      ),
      snippets(ingress),
      // `routes` checks that each host has a certificate where one has.
      !laptop && fieldFindings(`${nameOf(ingress)} spec`, ingress.spec, [TLS]),
    ]),
    ofKind(manifests, 'Service').map((service) =>
      fieldFindings(`${nameOf(service)} spec`, service.spec, laptop ? [TAKES_OVER] : [TAKES_OVER, OPEN]),
    ),
  ],
});

const HOST: Field = [
  'host',
  (host) => (!host || String(host).startsWith('*')) && 'answers for every host name',
  'Name the host',
];

const TLS: Field = [
  'tls',
  (tls) => listOf(tls).length === 0 && 'is missing, so passwords and sessions travel in clear text',
  'Name the hosts and the Secret with their certificate',
];

/** CVE-2020-8554 */
const TAKES_OVER: Field = [
  'externalIPs',
  (addresses) => listOf(addresses).length > 0 && 'takes the traffic of addresses that may be those of others',
  'Remove it and use an Ingress',
];

const OPEN: Field = [
  'type',
  (type) => (type === 'NodePort' || type === 'LoadBalancer') && 'opens a port to the outside of the cluster',
  'Leave it out and use an Ingress, unless this is the ingress controller',
];

const snippets = (ingress: ObjectOf<'Ingress'>): Findings =>
  Object.keys(ingress.metadata.annotations ?? {})
    .filter((name) => SNIPPET.test(name))
    .map((name) => ({
      where: `${nameOf(ingress)} metadata.annotations[${name}]`,
      wrong: 'is code for the ingress controller, which serves others as well and reads their Secrets',
      remedy: 'Use an annotation for what is wanted, or do it in the program',
    }));

export const certificates = rule({
  id: 'certificates',
  what: 'A certificate does not have the names that clients of its server use.',
  why: 'It is issued without an error; then browsers warn and programs refuse to connect.',
  remedy: 'List every name: the hosts of the Ingress, or the name of the Service.',
  link: 'https://cert-manager.io/docs/usage/certificate/',
  find: ({ manifests }) =>
    ofKind(manifests, 'Certificate').map((certificate) => {
      const names: readonly string[] = listOf(certificate.spec?.dnsNames);
      return usedNames(certificate, manifests)
        .filter((name) => !names.some((given) => covers(given, name)))
        .map((name) => ({
          where: `${nameOf(certificate)} spec.dnsNames`,
          value: names,
          wrong: `does not have ${name}, which clients of its server use`,
          remedy: `Add ${name}`,
        }));
    }),
});

/** A wildcard covers one label. */
const covers = (given: string, name: string): boolean =>
  given === name || (given.startsWith('*.') && given.slice(1) === name.replace(/^[^.]+/, ''));

const usedNames = (certificate: ObjectOf<'Certificate'>, manifests: readonly Manifest[]): readonly string[] =>
  namesBySecret(manifests).get(secretId(certificate, certificate.spec?.secretName)) ?? [];

/** The Secret of a certificate → the names under which clients call what has it. */
const namesBySecret = once((manifests: readonly Manifest[]) =>
  grouped([
    ...ofKind(manifests, 'Ingress').flatMap((ingress) =>
      (ingress.spec?.tls ?? []).flatMap((tls) =>
        (tls?.hosts ?? []).map((host) => [secretId(ingress, tls?.secretName), host] as const),
      ),
    ),
    ...ofKind(manifests, 'Service')
      .filter(({ spec }) => spec?.clusterIP !== 'None')
      .flatMap((service) =>
        [...new Set(behind(service, manifests).flatMap(shownBy))].map(
          (name) => [secretId(service, name), service.metadata.name] as const,
        ),
      ),
  ]),
);

const secretId = (near: Manifest, name: string | undefined): string => `${namespaceOf(near)} ${name}`;

/** The Secrets of which a server has the key of the certificate: clients have only the CA certificate. */
const shownBy = ({ pod, serves }: Workload): (string | undefined)[] =>
  (serves ? (pod.volumes ?? []) : [])
    .flatMap(sourcesOf)
    .filter(({ kind, items }) => kind === 'Secret' && (!items || items.some(({ key }) => key === 'tls.key')))
    .map(({ name }) => name);
