import { at, remove, set } from '../change';
import { type Operator, onContainers, onObjects } from '../mutant';

const PROBES = '{startupProbe,readinessProbe,livenessProbe}';
const PATHS = 'spec.rules.*.http.paths.*';
const next = (port: unknown): number => Number(port) + 1;

/** What the next item of the list has in the same field. */
function ofNext(_: unknown, object: unknown, place: readonly string[]): unknown {
  const list = at(object, place.slice(0, -2));
  const [i = '', field = ''] = place.slice(-2);
  return Array.isArray(list) ? at(list, [String(next(i) % list.length), field]) : undefined;
}

/** Ports, probes and routes: traffic ends nowhere, or somewhere else. */
export const ports: readonly Operator[] = [
  onObjects(
    'swaps the target of a Service',
    ['Service'],
    set('spec.ports.*.targetPort', 1),
    set('spec.ports.*.targetPort', 'nothing'),
    set('spec.ports.*.protocol', 'UDP'),
  ),
  onObjects('swaps the port of a Service', ['Service'], set('spec.ports.*.port', next)),
  onContainers('swaps the port of a container', set('ports.*.containerPort', next)),
  onContainers('renames the port of a container', set('ports.*.name', 'other')),
  onContainers('drops a port of a container', remove('ports.*')),
  onContainers('drops a probe', remove(PROBES)),
  onContainers(
    'asks another port',
    set(`${PROBES}.{httpGet}.port`, 'nothing'),
    set(`${PROBES}.{tcpSocket}.port`, 1),
  ),
  onContainers('asks another host', set(`${PROBES}.{httpGet}.host`, 'example.org')),
  onContainers(
    'asks by a name that the server refuses',
    remove(`${PROBES}.{httpGet}.{httpHeaders}`),
    set(`${PROBES}.{httpGet}.{httpHeaders}.0.value`, 'example.net'),
  ),
  onContainers(
    'gives up too early',
    set('{startupProbe}.failureThreshold', 1),
    set('{startupProbe}.periodSeconds', 1),
    remove('{startupProbe}.failureThreshold'),
  ),
  onObjects(
    're-points a route',
    ['Ingress'],
    set(`${PATHS}.backend.service.name`, 'nothing'),
    set(`${PATHS}.backend.service.port`, { number: 1 }),
    set(`${PATHS}.backend.service.name`, 'postgres'),
    remove(PATHS),
    set(`${PATHS}.path`, 'api'),
    set(`${PATHS}.path`, ofNext),
  ),
  onObjects(
    'serves a host without a certificate',
    ['Ingress'],
    set('spec.{tls}.0.hosts', ['other.example.org']),
    set('spec.{tls}.0.secretName', 'nothing'),
    remove('spec.tls'),
    set('spec.rules.0.host', 'other.example.org'),
    remove('spec.rules.0.host'),
  ),
  // An authority has no name that a client asks for.
  onObjects('certifies another name', ['Certificate'], set('spec.{dnsNames}', ['www.example.net'])),
  onObjects(
    'leads a path elsewhere',
    ['Ingress'],
    set(`${PATHS}.backend`, ofNext),
    set(`${PATHS}.pathType`, 'Exact'),
    set(`${PATHS}.path`, (path) => `${path}nowhere/`),
  ),
  onObjects(
    'takes the pods of another component',
    ['Service'],
    ...['web', 'api', 'postgres'].map((name) => set('spec.selector[app.kubernetes.io/component]', name)),
  ),
];
