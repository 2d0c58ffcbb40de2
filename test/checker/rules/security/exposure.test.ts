import { exposure } from '../../../../checker/rules/security/exposure';
import { broken, found, good } from '../../fixture';

test('accepts one host with a certificate', () => {
  expect(found(exposure, good())).toEqual([]);
});

test.each([undefined, '*.example.org'])('refuses the host %s', (host) => {
  const subject = broken('Ingress/coped', ({ spec }) => {
    spec.rules[0].host = host;
  });
  expect(found(exposure, subject)).toEqual([
    ['Ingress/coped spec.rules[0].host', host, 'answers for every host name'],
  ]);
});

test.each(['server-snippet', 'configuration-snippet', 'auth-snippet'])('refuses a %s', (name) => {
  const annotation = `nginx.ingress.kubernetes.io/${name}`;
  const subject = broken('Ingress/coped', ({ metadata }) => {
    metadata.annotations = { [annotation]: 'deny all;', 'nginx.ingress.kubernetes.io/affinity': 'cookie' };
  });
  expect(found(exposure, subject)).toEqual([
    [
      `Ingress/coped metadata.annotations[${annotation}]`,
      undefined,
      'is code for the ingress controller, which serves others as well and reads their Secrets',
    ],
  ]);
});

test('refuses addresses that a Service takes for itself', () => {
  const subject = broken('Service/web', ({ spec }) => {
    spec.externalIPs = ['192.0.2.1'];
  });
  expect(found(exposure, subject)).toEqual([
    [
      'Service/web spec.externalIPs',
      ['192.0.2.1'],
      'takes the traffic of addresses that may be those of others',
    ],
  ]);
});

test('asks for a certificate, except on a laptop', () => {
  const subject = broken('Ingress/coped', ({ spec }) => {
    delete spec.tls;
  });
  expect(found(exposure, subject)).toEqual([
    ['Ingress/coped spec.tls', undefined, 'is missing, so passwords and sessions travel in clear text'],
  ]);
  expect(found(exposure, { ...subject, fakeSecrets: true })).toEqual([]);
});

test.each(['NodePort', 'LoadBalancer'])('refuses a Service of type %s, except on a laptop', (type) => {
  const subject = broken('Service/web', ({ spec }) => {
    spec.type = type;
  });
  expect(found(exposure, subject)).toEqual([
    ['Service/web spec.type', type, 'opens a port to the outside, past the ingress controller'],
  ]);
  expect(found(exposure, { ...subject, fakeSecrets: true })).toEqual([]);
});
