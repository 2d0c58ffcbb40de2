import type { Json } from '../../../../checker/manifests/manifest';
import { routes } from '../../../../checker/rules/ingress/routes';
import { broken, found, good } from '../../fixture';

const RULE = 'Ingress/coped spec.rules[0]';
const route = (path: unknown, pathType = 'Prefix') => ({ path, pathType, backend: {} });

const withPaths = (...paths: Json[]) =>
  broken('Ingress/coped', (ingress) => {
    ingress.spec.rules[0].http.paths = paths;
  });

test('refuses one path twice, with a slash at the end or without', () => {
  expect(found(routes, withPaths(route('/api'), route('/api/')))).toEqual([
    [`${RULE}.http.paths[/api/]`, 'coped.example.org/api/', 'is routed twice'],
  ]);
});

test('refuses one path in two Ingresses', () => {
  const subject = good();
  const [copy] = structuredClone(subject.manifests.filter(({ kind }) => kind === 'Ingress'));
  if (copy) Object.assign(copy.metadata, { name: 'other' });
  expect(found(routes, { ...subject, manifests: [...subject.manifests, ...(copy ? [copy] : [])] })).toEqual([
    ['Ingress/other spec.rules[0].http.paths[/]', 'coped.example.org/', 'is routed twice'],
  ]);
});

test('tells exact paths, prefixes and hosts apart', () => {
  const subject = withPaths(route('/api'), route('/api', 'Exact'), route('/api/', 'Exact'), route('/'));
  expect(found(routes, subject)).toEqual([]);
});

test('refuses a path that does not start at the root', () => {
  expect(found(routes, withPaths(route('api/')))).toEqual([
    [`${RULE}.http.paths[api/].path`, 'api/', 'does not start with a slash'],
  ]);
});

test('refuses a path without a type', () => {
  expect(found(routes, withPaths({ path: '/' }))).toEqual([
    [`${RULE}.http.paths[/].pathType`, undefined, 'is not a type of path'],
  ]);
});

test.each([
  ['other.example.org', ['coped.example.org']],
  ['a.b.example.org', ['*.example.org']],
  [undefined, ['coped.example.org']],
])('refuses host %s where certificates are for %j', (host, hosts) => {
  const subject = broken('Ingress/coped', ({ spec }) => {
    spec.rules[0].host = host;
    spec.tls[0].hosts = hosts;
  });
  expect(found(routes, subject)).toEqual([
    [`${RULE}.host`, host, 'is served without a certificate although others have one'],
  ]);
});

test('accepts a wildcard, and a laptop without certificates', () => {
  const wildcard = broken('Ingress/coped', ({ spec }) => {
    spec.tls[0].hosts = ['*.example.org'];
  });
  const plain = broken('Ingress/coped', ({ spec }) => {
    delete spec.tls;
  });
  expect([...found(routes, wildcard), ...found(routes, plain)]).toEqual([]);
});
