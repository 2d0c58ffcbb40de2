import type { Json } from '../../../checker/manifests/manifest';
import { drop, type Operator, onContainers, onObjects, positions, put } from '../mutant';

/** Ports, probes and routes: traffic ends nowhere, or somewhere else. */
export const ports: readonly Operator[] = [
  onObjects('swaps the target of a Service', ['Service'], ({ spec }) =>
    positions(spec.ports).flatMap((i) => [
      (o) => put(o, 1, 'spec', 'ports', i, 'targetPort'),
      (o) => put(o, 'nothing', 'spec', 'ports', i, 'targetPort'),
      (o) => put(o, 'UDP', 'spec', 'ports', i, 'protocol'),
    ]),
  ),
  onObjects('swaps the port of a Service', ['Service'], ({ spec }) =>
    positions(spec.ports).map((i) => (o) => put(o, o.spec.ports[i].port + 1, 'spec', 'ports', i, 'port')),
  ),
  onContainers('swaps the port of a container', (container) =>
    positions(container.ports).map(
      (i) => (c) => put(c, c.ports[i].containerPort + 1, 'ports', i, 'containerPort'),
    ),
  ),
  onContainers('renames the port of a container', (container) =>
    positions(container.ports).map((i) => (c) => put(c, 'other', 'ports', i, 'name')),
  ),
  onContainers('drops a port of a container', (container) =>
    positions(container.ports).map((i) => (c) => drop(c, 'ports', i)),
  ),
  onContainers('drops a probe', () =>
    ['startupProbe', 'readinessProbe', 'livenessProbe'].map((probe) => (c) => drop(c, probe)),
  ),
  onContainers('asks another port', (container) =>
    eachProbe(container, ({ httpGet, tcpSocket }) => [
      ...(httpGet ? [(p: Json) => put(p, 'nothing', 'httpGet', 'port')] : []),
      ...(tcpSocket ? [(p: Json) => put(p, 1, 'tcpSocket', 'port')] : []),
    ]),
  ),
  onContainers('asks another host', (container) =>
    eachProbe(container, ({ httpGet }) =>
      httpGet ? [(p: Json) => put(p, 'example.org', 'httpGet', 'host')] : [],
    ),
  ),
  onContainers('asks by a name that the server refuses', (container) =>
    eachProbe(container, ({ httpGet }) =>
      httpGet?.httpHeaders
        ? [
            (p: Json) => drop(p, 'httpGet', 'httpHeaders'),
            (p: Json) => put(p, 'example.net', 'httpGet', 'httpHeaders', 0, 'value'),
          ]
        : [],
    ),
  ),
  onContainers('gives up too early', (container) =>
    container.startupProbe
      ? [
          (c) => put(c, 1, 'startupProbe', 'failureThreshold'),
          (c) => put(c, 1, 'startupProbe', 'periodSeconds'),
          (c) => drop(c, 'startupProbe', 'failureThreshold'),
        ]
      : [],
  ),
  onObjects('re-points a route', ['Ingress'], ({ spec }) =>
    positions(spec.rules[0].http.paths).flatMap((i) => [
      (o) => put(o, 'nothing', 'spec', 'rules', 0, 'http', 'paths', i, 'backend', 'service', 'name'),
      (o) => put(o, { number: 1 }, 'spec', 'rules', 0, 'http', 'paths', i, 'backend', 'service', 'port'),
      (o) => put(o, 'postgres', 'spec', 'rules', 0, 'http', 'paths', i, 'backend', 'service', 'name'),
      (o) => drop(o, 'spec', 'rules', 0, 'http', 'paths', i),
      (o) => put(o, 'api', 'spec', 'rules', 0, 'http', 'paths', i, 'path'),
      (o) =>
        put(o, o.spec.rules[0].http.paths[(i + 1) % 3].path, 'spec', 'rules', 0, 'http', 'paths', i, 'path'),
    ]),
  ),
  onObjects('serves a host without a certificate', ['Ingress'], ({ spec }) => [
    ...(spec.tls
      ? [
          (o: Json) => put(o, ['other.example.org'], 'spec', 'tls', 0, 'hosts'),
          (o: Json) => put(o, 'nothing', 'spec', 'tls', 0, 'secretName'),
          (o: Json) => drop(o, 'spec', 'tls'),
        ]
      : []),
    (o) => put(o, 'other.example.org', 'spec', 'rules', 0, 'host'),
    (o) => drop(o, 'spec', 'rules', 0, 'host'),
  ]),
  onObjects('certifies another name', ['Certificate'], ({ spec }) =>
    // An authority has no name that anybody asks for.
    spec.dnsNames ? [(o: Json) => put(o, ['www.example.net'], 'spec', 'dnsNames')] : [],
  ),
  onObjects('leads a path elsewhere', ['Ingress'], ({ spec }) =>
    spec.rules.flatMap((rule: Json, r: number) =>
      rule.http.paths.flatMap((path: Json, i: number) => {
        const next = rule.http.paths[(i + 1) % rule.http.paths.length].backend;
        const at = ['spec', 'rules', r, 'http', 'paths', i] as const;
        return [
          (o: Json) => put(o, next, ...at, 'backend'),
          (o: Json) => put(o, 'Exact', ...at, 'pathType'),
          (o: Json) => put(o, `${path.path}nowhere/`, ...at, 'path'),
        ];
      }),
    ),
  ),
  onObjects('takes the pods of another component', ['Service'], ({ spec }) =>
    ['web', 'api', 'postgres']
      .filter((name) => name !== spec.selector['app.kubernetes.io/component'])
      .map((name) => (o: Json) => put(o, name, 'spec', 'selector', 'app.kubernetes.io/component')),
  ),
];

/** An edit for each probe that a container has. */
const eachProbe = (container: Json, edits: (probe: Json) => ((probe: Json) => string | undefined)[]) =>
  ['startupProbe', 'readinessProbe', 'livenessProbe']
    .filter((name) => container[name])
    .flatMap((name) =>
      edits(container[name]).map((edit) => (c: Json) => {
        const what = edit(c[name]);
        return what && `${name} ${what}`;
      }),
    );
