import { ingressFlows } from '../../rules/ingress-flows';
import { found, good } from '../checker/fixture';
import { manifestsOf, named } from '../support';

test('a route to a component that users must not reach', () => {
  const backend = { service: { name: 'postgres', port: { number: 5432 } } };
  const subject = good({
    append: { 'Ingress/coped spec.rules[0].http.paths': [{ path: '/db/', pathType: 'Prefix', backend }] },
  });
  expect(found(ingressFlows, subject)).toEqual([
    [
      'Ingress/coped spec.rules',
      'postgres',
      'leads to postgres, which the flow table does not let users reach',
    ],
  ]);
});

test('a component that users should reach, without a route', () => {
  const manifests = structuredClone(manifestsOf(named('production')));
  const subject = { ...good(), manifests };
  expect(found(ingressFlows, subject)).toEqual([]);

  manifests.find(({ kind }) => kind === 'Ingress')?.spec.rules[0].http.paths.pop();
  expect(found(ingressFlows, subject)).toEqual([
    ['Ingress/ingress spec.rules', undefined, expect.stringMatching(/^has no path to \w+, which users/)],
  ]);
});

test('an environment without an Ingress has no routes to check', () => {
  const subject = good();
  const manifests = subject.manifests.filter(({ kind }) => kind !== 'Ingress');
  expect(found(ingressFlows, { ...subject, manifests })).toEqual([]);
});
