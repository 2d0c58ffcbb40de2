import type { Manifest } from './check';
import { rule } from './rule';
import { type Json, nameOf, ofKind } from './workloads';

export const ingressBackends = rule({
  id: 'ingress-backends',
  what: 'An Ingress path leads to a Service or port that does not exist.',
  why: 'The Ingress is accepted; people see 503 or 404 from the controller, which looks like a broken application.',
  remedy: 'Use a Service that exists, and the port of the Service, not of the container.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/ingress/',
  find: ({ manifests }) => {
    const services = new Map(ofKind(manifests, 'Service').map((service) => [service.metadata.name, service]));
    return ofKind(manifests, 'Ingress').flatMap((ingress) =>
      backends(ingress).flatMap(({ where, service }) => {
        const target = services.get(service?.name);
        if (!target) {
          const remedy = `Use one of: ${[...services.keys()].join(', ') || 'none, there are no Services'}`;
          return { where, value: service?.name, wrong: 'names a Service that does not exist', remedy };
        }
        const { name, number } = service.port ?? {};
        const ports: Json[] = target.spec?.ports ?? [];
        if (ports.some((port) => (name === undefined ? port.port === number : port.name === name))) return [];
        return {
          where: `${where}.port`,
          value: name ?? number,
          wrong: `is not a port of ${nameOf(target)}`,
          // The usual slip is the container's port: an Ingress wants the Service's.
          remedy: `Use one of: ${ports.map(({ name, port }) => [name, port].filter(Boolean).join(' or ')).join(', ')}`,
        };
      }),
    );
  },
});

const backends = (ingress: Manifest): { where: string; service: Json }[] => [
  ...(ingress.spec?.defaultBackend
    ? [
        {
          where: `${nameOf(ingress)} spec.defaultBackend.service`,
          service: ingress.spec.defaultBackend.service,
        },
      ]
    : []),
  ...(ingress.spec?.rules ?? []).flatMap(({ http }: Json, i: number) =>
    (http?.paths ?? []).map(({ path, backend }: Json) => ({
      where: `${nameOf(ingress)} spec.rules[${i}].http.paths[${path}].backend.service`,
      service: backend?.service,
    })),
  ),
];
