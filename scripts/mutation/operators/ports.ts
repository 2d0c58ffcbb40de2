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
  ...onObjects(['Service'], {
    'swaps the target of a Service': [
      set('spec.ports.*.targetPort', 1),
      set('spec.ports.*.targetPort', 'nothing'),
      set('spec.ports.*.protocol', 'UDP'),
    ],
    'swaps the port of a Service': set('spec.ports.*.port', next),
  }),
  ...onContainers({
    'swaps the port of a container': set('ports.*.containerPort', next),
    'renames the port of a container': set('ports.*.name', 'other'),
    'drops a port of a container': remove('ports.*'),
    'drops a probe': remove(PROBES),
    'asks another port': [set(`${PROBES}.{httpGet}.port`, 'nothing'), set(`${PROBES}.{tcpSocket}.port`, 1)],
    'asks another host': set(`${PROBES}.{httpGet}.host`, 'example.org'),
    'asks by a name that the server refuses': [
      remove(`${PROBES}.{httpGet}.{httpHeaders}`),
      set(`${PROBES}.{httpGet}.{httpHeaders}.0.value`, 'example.net'),
    ],
    'gives up too early': [
      set('{startupProbe}.failureThreshold', 1),
      set('{startupProbe}.periodSeconds', 1),
      remove('{startupProbe}.failureThreshold'),
    ],
  }),
  ...onObjects(['Ingress'], {
    're-points a route': [
      set(`${PATHS}.backend.service.name`, 'nothing'),
      set(`${PATHS}.backend.service.port`, { number: 1 }),
      set(`${PATHS}.backend.service.name`, 'postgres'),
      remove(PATHS),
      set(`${PATHS}.path`, 'api'),
      set(`${PATHS}.path`, ofNext),
    ],
    'serves a host without a certificate': [
      set('spec.{tls}.0.hosts', ['other.example.org']),
      set('spec.{tls}.0.secretName', 'nothing'),
      remove('spec.tls'),
      set('spec.rules.0.host', 'other.example.org'),
      remove('spec.rules.0.host'),
    ],
  }),
  ...onObjects(['Certificate'], {
    // An authority has no name that a client asks for.
    'certifies another name': set('spec.{dnsNames}', ['www.example.net']),
  }),
  ...onObjects(['Ingress'], {
    'leads a path elsewhere': [
      set(`${PATHS}.backend`, ofNext),
      set(`${PATHS}.pathType`, 'Exact'),
      set(`${PATHS}.path`, (path) => `${path}nowhere/`),
    ],
  }),
  ...onObjects(['Service'], {
    'takes the pods of another component': [
      ...['web', 'api', 'postgres'].map((name) => set('spec.selector[app.kubernetes.io/component]', name)),
    ],
  }),
];
