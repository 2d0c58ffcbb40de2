import { didYouMean, useOneOf } from '../../../formats/nearest';
import { grouped } from '../../manifests/grouped';
import type { ObjectOf } from '../../manifests/kubernetes';
import { mayHaveOthers, namespaceOf } from '../../manifests/namespaces';
import { nameOf, ofKind } from '../../manifests/workloads';
import { type Findings, rule } from '../../rule';
import { type Field, fieldFindings } from '../fields';

export const routes = rule({
  id: 'routes',
  severity: 'warning',
  what: 'A path is routed twice, or a host is served without a certificate although others have one.',
  why: 'Two rules for one path are accepted, and the controller picks either.',
  remedy: 'Give each path one backend, and list each host under spec.tls.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/ingress/',
  acrossNamespaces: true,
  find: ({ manifests }) => {
    const owners = new Map<string, string>();
    return ofKind(manifests, 'Ingress').map((ingress) => [
      pathsOf(ingress).map((route) => path(route, owners)),
      withoutTls(ingress),
    ]);
  },
});

export const pathsOf = (ingress: ObjectOf<'Ingress'>) =>
  (ingress.spec?.rules ?? []).flatMap((rule, i) =>
    (rule?.http?.paths ?? []).map((path) => ({
      ...path,
      host: rule.host ?? '*',
      where: `${nameOf(ingress)} spec.rules[${i}].http.paths[${path?.path}]`,
    })),
  );

function path(route: ReturnType<typeof pathsOf>[number], owners: Map<string, string>): Findings {
  const { where, host, path, pathType } = route;
  // `/api` and `/api/` are the same prefix; exact paths are compared letter by letter.
  const id = `${host}${pathType === 'Prefix' ? String(path).replace(/\/+$/, '') : path} ${pathType}`;
  const owner = owners.get(id);
  owners.set(id, owner ?? where);
  const remedy = `Remove one; the other is ${owner}`;
  return [
    fieldFindings(where, route, PATH),
    owner !== undefined && { where, value: `${host}${path}`, wrong: 'is routed twice', remedy },
  ];
}

const TYPES: readonly unknown[] = ['Exact', 'Prefix', 'ImplementationSpecific'];

const PATH: readonly Field[] = [
  [
    'path',
    (path) => !String(path).startsWith('/') && 'does not start with a slash',
    'Begin it with a slash: /api/',
  ],
  ['pathType', (type) => !TYPES.includes(type) && 'is not a path type', 'Use Prefix'],
];

function withoutTls(ingress: ObjectOf<'Ingress'>): Findings {
  const { tls = [], rules = [] } = ingress.spec ?? {};
  if (tls.length === 0) return undefined;
  const covered = tls.flatMap(({ hosts = [] }) => hosts);
  return rules.map(({ host }, i) => {
    // A wildcard certificate covers one label: *.example.org is not a.b.example.org.
    if (host && (covered.includes(host) || covered.includes(host.replace(/^[^.]+/, '*')))) return undefined;
    const wrong = 'is served without a certificate although others have one';
    const where = `${nameOf(ingress)} spec.rules[${i}].host`;
    return { where, value: host, wrong, remedy: 'Add the host to spec.tls' };
  });
}

export const ingressBackends = rule({
  id: 'ingress-backends',
  what: 'An Ingress path leads to a Service or port that does not exist.',
  why: 'The Ingress is accepted; users see 503 or 404 from the controller, which looks like a broken application.',
  remedy: 'Use a Service that exists, and the port of the Service, not of the container.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/ingress/',
  find: ({ manifests }) => {
    const services = grouped(ofKind(manifests, 'Service').map((service) => [namespaceOf(service), service]));
    return ofKind(manifests, 'Ingress').map((ingress) => {
      // An Ingress leads to Services of its own namespace only.
      const own = new Map(services.get(namespaceOf(ingress))?.map((one) => [one.metadata.name, one]));
      return backends(ingress).map(({ where, service }) => {
        const target = own.get(service?.name ?? '');
        if (!target) {
          if (mayHaveOthers(manifests, ingress.metadata.namespace)) return undefined;
          const remedy = `${didYouMean(service?.name, own.keys())}${useOneOf(own.keys(), 'none, there are no Services')}`;
          return { where, value: service?.name, wrong: 'names a Service that does not exist', remedy };
        }
        const { name, number } = service?.port ?? {};
        const ports = target.spec?.ports ?? [];
        if (ports.some((port) => (name === undefined ? port.port === number : port.name === name)))
          return undefined;
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

/** Every backend that is a Service; `dangling` checks those that are other resources. */
export const backends = (ingress: ObjectOf<'Ingress'>) =>
  [
    { where: `${nameOf(ingress)} spec.defaultBackend`, backend: ingress.spec?.defaultBackend },
    ...pathsOf(ingress).map(({ where, backend = {} }) => ({ where: `${where}.backend`, backend })),
  ]
    .filter(({ backend }) => backend && !backend.resource)
    .map(({ where, backend }) => ({ where: `${where}.service`, service: backend?.service }));
