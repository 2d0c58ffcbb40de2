import type { Json } from '../../../../checker/manifests/manifest';
import { unreached } from '../../../../checker/rules/references/unreached';
import { broken, found, good, MAIN, main, withMore } from '../../fixture';
import { selector } from '../../small-environment/blocks';

const NOBODY = 'is a Service that nobody asks for';
/** A Service more, and something that asks for it. */
const asked = (service: Json, change: (find: (name: string) => Json) => void) => {
  const subject = withMore(['v1', 'Service', 'x', { spec: service }]);
  change((name) => subject.manifests.find(({ kind, metadata }) => `${kind}/${metadata.name}` === name));
  return found(unreached, subject);
};

test('finds a Service that nobody asks for', () => {
  expect(found(unreached, good())).toEqual([]);
  expect(asked({}, () => undefined)).toEqual([['Service/x', undefined, NOBODY]]);
});

test.each<[string, Json, (find: (name: string) => Json) => void]>([
  ['a setting', {}, (find) => main(find('Deployment/web')).env.push({ name: 'X_URL', value: 'http://x' })],
  [
    'a word in a setting',
    {},
    (find) => main(find('Deployment/web')).env.push({ name: 'BROKER', value: 'x' }),
  ],
  [
    'a route',
    {},
    (find) =>
      find('Ingress/coped').spec.rules[0].http.paths.push({
        path: '/x',
        backend: { service: { name: 'x' } },
      }),
  ],
  [
    'a default backend',
    {},
    (find) => {
      find('Ingress/coped').spec.defaultBackend = { service: { name: 'x' } };
    },
  ],
  [
    'a StatefulSet',
    {},
    (find) => {
      find('StatefulSet/elasticsearch').spec.serviceName = 'x';
    },
  ],
  ['people outside, at every node', { type: 'NodePort' }, () => undefined],
  ['people outside, through a load balancer', { type: 'LoadBalancer' }, () => undefined],
])('a Service may be asked for by %s', (_, service, change) => {
  expect(asked(service, change).filter(([where]) => where === 'Service/x')).toEqual([]);
});

test('a namesake in another namespace does not count', () => {
  const subject = withMore(['v1', 'Service', 'web', { metadata: { name: 'web', namespace: 'other' } }]);
  expect(found(unreached, subject)).toEqual([['Service/web', undefined, NOBODY]]);
});

const PORT = { name: 'extra', containerPort: 9999 };
/** A port more of web, and something that leads to it. */
const reached = (change: (container: Json, find: (name: string) => Json) => void) => {
  const subject = broken('Deployment/web', (web) => main(web).ports.push(PORT));
  const find = (name: string): Json =>
    subject.manifests.find(({ kind, metadata }) => `${kind}/${metadata.name}` === name);
  change(main(find('Deployment/web')), find);
  return found(unreached, subject);
};

test('finds a port that nothing leads to', () => {
  expect(reached(() => undefined)).toEqual([
    [`${MAIN}.ports[extra]`, 9999, 'is a port that no Service, policy or probe leads to'],
  ]);
});

test.each<[string, (container: Json, find: (name: string) => Json) => void]>([
  ['a Service, by name', (_, find) => find('Service/web').spec.ports.push({ port: 1, targetPort: 'extra' })],
  ['a Service, by number', (_, find) => find('Service/web').spec.ports.push({ port: 1, targetPort: 9999 })],
  ['a Service of the same number', (_, find) => find('Service/web').spec.ports.push({ port: 9999 })],
  ['a policy', (_, find) => find('NetworkPolicy/web').spec.ingress.push({ ports: [{ port: 'extra' }] })],
  ...['httpGet', 'tcpSocket', 'grpc'].map((action): [string, (container: Json) => void] => [
    `a probe by ${action}`,
    (container) => Object.assign(container, { livenessProbe: { [action]: { port: 9999 } } }),
  ]),
  [
    'a hook',
    (container) => Object.assign(container, { lifecycle: { preStop: { httpGet: { port: 'extra' } } } }),
  ],
])('a port may be reached by %s', (_, change) => {
  expect(reached(change)).toEqual([]);
});

test('a policy of other pods does not reach it', () => {
  const findings = reached((_, find) =>
    find('NetworkPolicy/postgres').spec.ingress.push({ ports: [{ port: 9999 }] }),
  );
  expect(findings).toHaveLength(1);
});

test('a Service of other pods does not reach it', () => {
  const findings = reached((_, find) =>
    Object.assign(find('Service/postgres').spec, {
      selector: selector('postgres'),
      ports: [{ port: 5432 }, { port: 9999 }],
    }),
  );
  expect(findings).toHaveLength(1);
});

test.each([null, {}, { ports: null }, { ports: [{}] }])('survives a Service with %j', (spec) => {
  expect(() =>
    unreached.find(
      broken('Service/web', (service) => {
        service.spec = spec;
      }),
    ),
  ).not.toThrow();
});
