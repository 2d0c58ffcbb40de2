import { didYouMean } from '../../../formats/nearest';
import { grouped } from '../../manifests/grouped';
import type { ObjectOf } from '../../manifests/kubernetes';
import { namespaceOf } from '../../manifests/selected';
import { nameOf, ofKind } from '../../manifests/workloads';
import { rule } from '../../rule';

export const ingressBackends = rule({
  id: 'ingress-backends',
  what: 'An Ingress path leads to a Service or port that does not exist.',
  why: 'The Ingress is accepted; users see 503 or 404 from the controller, which looks like a broken application.',
  remedy: 'Use a Service that exists, and the port of the Service, not of the container.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/ingress/',
  find: ({ manifests }) => {
    const services = grouped(ofKind(manifests, 'Service').map((service) => [namespaceOf(service), service]));
    return ofKind(manifests, 'Ingress').flatMap((ingress) => {
      // An Ingress leads to Services of its own namespace only.
      const own = new Map(services.get(namespaceOf(ingress))?.map((one) => [one.metadata.name, one]));
      return backends(ingress).flatMap(({ where, service }) => {
        const target = own.get(service?.name ?? '');
        if (!target) {
          const remedy = `${didYouMean(service?.name, own.keys())}Use one of: ${[...own.keys()].join(', ') || 'none, there are no Services'}`;
          return { where, value: service?.name, wrong: 'names a Service that does not exist', remedy };
        }
        const { name, number } = service?.port ?? {};
        const ports = target.spec?.ports ?? [];
        if (ports.some((port) => (name === undefined ? port.port === number : port.name === name))) return [];
        return {
          where: `${where}.port`,
          value: name ?? number,
          wrong: `is not a port of ${nameOf(target)}`,
          // The usual slip is the container's port: an Ingress wants the Service's.
          remedy: `Use one of: ${ports.map(({ name, port }) => [name, port].filter(Boolean).join(' or ')).join(', ')}`,
        };
      });
    });
  },
});

type Backend = NonNullable<ObjectOf<'Ingress'>['spec']>['defaultBackend'];

/** Every backend that is a Service; `dangling` checks those that are other resources. */
export const backends = (
  ingress: ObjectOf<'Ingress'>,
): { where: string; service?: NonNullable<Backend>['service'] }[] =>
  [
    { where: 'spec.defaultBackend', backend: ingress.spec?.defaultBackend },
    ...(ingress.spec?.rules ?? []).flatMap((rule, i) =>
      (rule?.http?.paths ?? []).map((path) => ({
        where: `spec.rules[${i}].http.paths[${path?.path}].backend`,
        backend: path?.backend ?? {},
      })),
    ),
  ]
    .filter(({ backend }) => backend && !backend.resource)
    .map(({ where, backend }) => ({
      where: `${nameOf(ingress)} ${where}.service`,
      service: backend?.service,
    }));
