import { ingressBackends } from '../../../../checker/rules/ingress/ingress-backends';
import { broken, found } from '../../fixture';

const WHERE = 'Ingress/coped spec.rules[0].http.paths[/].backend.service';

const withBackend = (service: object) =>
  broken('Ingress/coped', (ingress) => {
    ingress.spec.rules[0].http.paths[0].backend.service = service;
  });

test('refuses a Service that does not exist', () => {
  expect(found(ingressBackends, withBackend({ name: 'wep', port: { number: 80 } }))).toEqual([
    [WHERE, 'wep', 'names a Service that does not exist'],
  ]);
});

test("refuses the container's port, which the Service does not offer", () => {
  const subject = withBackend({ name: 'web', port: { number: 8000 } });
  expect(found(ingressBackends, subject)).toEqual([[`${WHERE}.port`, 8000, 'is not a port of Service/web']]);
  expect(ingressBackends.find(subject)[0]?.remedy).toBe('Use one of: main or 80');
});

test('refuses a name that no port has', () => {
  const subject = withBackend({ name: 'web', port: { name: 'http' } });
  expect(found(ingressBackends, subject)).toEqual([
    [`${WHERE}.port`, 'http', 'is not a port of Service/web'],
  ]);
});

test('looks at the default backend as well', () => {
  const subject = broken('Ingress/coped', (ingress) => {
    ingress.spec.defaultBackend = { service: { name: 'x', port: { number: 80 } } };
  });
  expect(found(ingressBackends, subject)).toEqual([
    ['Ingress/coped spec.defaultBackend.service', 'x', 'names a Service that does not exist'],
  ]);
});

test('takes a port by number', () => {
  expect(found(ingressBackends, withBackend({ name: 'web', port: { number: 80 } }))).toEqual([]);
});

test('takes one of several ports, and says so where there is no Service', () => {
  const subject = withBackend({ name: 'web', port: { number: 80 } });
  subject.manifests
    .find(({ kind, metadata }) => kind === 'Service' && metadata.name === 'web')
    ?.spec.ports.push({ name: 'metrics', port: 9100 });
  expect(found(ingressBackends, subject)).toEqual([]);

  const manifests = subject.manifests.filter(({ kind }) => kind !== 'Service');
  expect(ingressBackends.find({ ...subject, manifests })[0]?.remedy).toBe(
    'Use one of: none, there are no Services',
  );
});

test('a Service of another namespace is not found', () => {
  const subject = broken('Service/web', (service) => {
    service.metadata.namespace = 'other';
  });
  expect(found(ingressBackends, subject)).toEqual([[WHERE, 'web', 'names a Service that does not exist']]);
});

test('leaves backends to others that are no Services', () => {
  const subject = broken('Ingress/coped', (ingress) => {
    const resource = { apiGroup: 'example.org', kind: 'Bucket', name: 'x' };
    ingress.spec.rules[0].http.paths[0].backend = { resource };
    ingress.spec.defaultBackend = { resource };
  });
  expect(found(ingressBackends, subject)).toEqual([]);
});

test.each([null, {}, { rules: [{}] }, { rules: [null] }])('survives an Ingress with %j', (spec) => {
  const subject = broken('Ingress/coped', (ingress) => {
    ingress.spec = spec;
  });
  expect(found(ingressBackends, subject)).toEqual([]);
});
