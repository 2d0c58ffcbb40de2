import { didYouMean } from '../../../formats/nearest';
import { grouped } from '../../manifests/grouped';
import type { ObjectOf } from '../../manifests/kubernetes';
import { namespaceOf } from '../../manifests/selected';
import { nameOf, ofKind } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';
import { fieldFindings } from '../fields';

export const routes = rule({
  id: 'routes',
  what: 'A path is routed twice, or a host is served without a certificate although others have one.',
  why: 'Two rules for one path are accepted, and the controller picks either.',
  remedy: 'Give each path one backend, and list each host under spec.tls.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/ingress/',
  find: ({ manifests }) => {
    const owners = new Map<string, string>();
    return ofKind(manifests, 'Ingress').flatMap((ingress) => [
      ...rules(ingress).flatMap((route) => path(route, owners)),
      ...withoutTls(ingress),
    ]);
  },
});

interface Rule {
  readonly where: string;
  readonly host: string;
  readonly path?: string;
  readonly pathType?: string;
}

const rules = (ingress: ObjectOf<'Ingress'>): Rule[] =>
  (ingress.spec?.rules ?? []).flatMap(({ host = '*', http }, i) =>
    (http?.paths ?? []).map(({ path, pathType }) => ({
      where: `${nameOf(ingress)} spec.rules[${i}].http.paths[${path}]`,
      host,
      path,
      pathType,
    })),
  );

function path({ where, host, path, pathType }: Rule, owners: Map<string, string>): Finding[] {
  const isAbsolute = typeof path === 'string' && path.startsWith('/');
  const isType = ['Exact', 'Prefix', 'ImplementationSpecific'].includes(pathType ?? '');
  // `/api` and `/api/` are the same prefix; exact paths are compared letter by letter.
  const route = `${host}${pathType === 'Prefix' ? String(path).replace(/\/+$/, '') : path} ${pathType}`;
  const owner = owners.get(route);
  owners.set(route, owner ?? where);
  const remedy = `Remove one; the other is ${owner}`;
  return [
    ...fieldFindings(where, [
      ['path', path, !isAbsolute && 'does not start with a slash', 'Begin it with a slash: /api/'],
      ['pathType', pathType, !isType && 'is not a path type', 'Use Prefix'],
    ]),
    ...(owner ? [{ where, value: `${host}${path}`, wrong: 'is routed twice', remedy }] : []),
  ];
}

function withoutTls(ingress: ObjectOf<'Ingress'>): Finding[] {
  const { tls = [], rules = [] } = ingress.spec ?? {};
  if (tls.length === 0) return [];
  const covered = tls.flatMap(({ hosts = [] }) => hosts);
  return rules.flatMap(({ host }, i) =>
    // A wildcard certificate covers one label: *.example.org is not a.b.example.org.
    host && (covered.includes(host) || covered.includes(host.replace(/^[^.]+/, '*')))
      ? []
      : {
          where: `${nameOf(ingress)} spec.rules[${i}].host`,
          value: host,
          wrong: 'is served without a certificate although others have one',
          remedy: 'Add the host to spec.tls',
        },
  );
}

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
