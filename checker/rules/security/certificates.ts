import { sourcesOf } from '../../analysis/volume-sources';
import type { Kind, ObjectOf } from '../../manifests/kubernetes';
import type { Manifest } from '../../manifests/manifest';
import { namespaceOf, selected } from '../../manifests/selected';
import { listOf, nameOf, ofKind, type Workload } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';

export const certificates = rule({
  id: 'certificates',
  what: 'A certificate does not have the names that clients of its server use.',
  why: 'It is issued without an error; then browsers warn and programs refuse to connect.',
  remedy: 'List every name: the hosts of the Ingress, or the name of the Service.',
  link: 'https://cert-manager.io/docs/usage/certificate/',
  find: ({ manifests }) =>
    ofKind(manifests, 'Certificate').flatMap((certificate) =>
      usedNames(certificate, manifests)
        .filter((name) => !names(certificate).some((given) => covers(given, name)))
        .map(
          (name): Finding => ({
            where: `${nameOf(certificate)} spec.dnsNames`,
            value: names(certificate),
            wrong: `does not have ${name}, which clients of its server use`,
            remedy: `Add ${name}`,
          }),
        ),
    ),
});

const names = ({ spec }: ObjectOf<'Certificate'>): readonly string[] => listOf(spec?.dnsNames);

/** A wildcard covers one label. */
const covers = (given: string, name: string): boolean =>
  given === name || (given.startsWith('*.') && given.slice(1) === name.replace(/^[^.]+/, ''));

function usedNames(certificate: ObjectOf<'Certificate'>, manifests: readonly Manifest[]): string[] {
  const namespace = namespaceOf(certificate);
  const secret = certificate.spec?.secretName;
  const near = <K extends Kind>(kind: K) =>
    ofKind(manifests, kind).filter((one) => namespaceOf(one) === namespace);
  const hosts = near('Ingress').flatMap(({ spec }) =>
    (spec?.tls ?? []).flatMap((tls) => (tls?.secretName === secret ? (tls.hosts ?? []) : [])),
  );
  const services = near('Service')
    .filter(({ spec }) => spec?.selector && spec.clusterIP !== 'None')
    .filter((service) =>
      selected(manifests, service, { matchLabels: service.spec?.selector }).some((pod) => shows(pod, secret)),
    )
    .map(({ metadata }) => metadata.name);
  return [...hosts, ...services];
}

/** Whether a server has the key of the certificate: clients have only the CA certificate. */
const shows = ({ pod, serves }: Workload, name: string | undefined): boolean =>
  serves &&
  (pod.volumes ?? [])
    .flatMap(sourcesOf)
    .filter((source) => source.kind === 'Secret' && source.name === name)
    .some(({ items }) => !items || items.some(({ key }) => key === 'tls.key'));
