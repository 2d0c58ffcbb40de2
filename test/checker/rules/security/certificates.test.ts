import type { Json } from '../../../../checker/manifests/manifest';
import { certificates } from '../../../../checker/rules/security/certificates';
import { manifestsOf, named } from '../../../support';
import { found, good } from '../../fixture';

const production = manifestsOf(named('production'));

function after(name: string, dnsNames: Json) {
  const manifests = structuredClone(production);
  const certificate = manifests.find(
    ({ kind, metadata }) => kind === 'Certificate' && metadata.name === name,
  );
  if (certificate) certificate.spec.dnsNames = dnsNames;
  return found(certificates, { ...good(), manifests }).map(([where, , wrong]) => [where, wrong]);
}

test('finds nothing in what is written', () => {
  expect(found(certificates, { ...good(), manifests: production })).toEqual([]);
});

test.each<[string, Json]>([
  ['coped.example.org', ['www.example.org']],
  ['coped.example.org', undefined],
  ['coped.example.org', ['*.org']],
])('finds that the site is called %s, and the certificate is for %j', (host, dnsNames) => {
  expect(after('ingress', dnsNames)).toEqual([
    ['Certificate/ingress spec.dnsNames', `does not have ${host}, by which its server is asked for`],
  ]);
});

test('knows what a star stands for', () => {
  expect(after('ingress', ['*.example.org'])).toEqual([]);
});

test('finds that a server has no certificate for the name of its Service', () => {
  expect(after('elasticsearch', ['localhost', '*.elasticsearch-nodes'])).toEqual([
    [
      'Certificate/elasticsearch spec.dnsNames',
      'does not have elasticsearch, by which its server is asked for',
    ],
  ]);
});
