import { addresses } from '../../../checker/rules/network/addresses';
import { found, good } from '../fixture';
import { change } from '../release';

const NO_POD = 'is no pod that Service/elasticsearch gives a name to';

// Behind a headless Service the port is that of the containers, and pods have names.
test.each<[address: string, ...findings: [value: string | number, wrong: string][]]>([
  ['elasticsearch:9300'],
  ['elasticsearch:9301', [9301, 'is not a port of Service/elasticsearch']],
  ['http://elasticsearch'],
  ['elasticsearch-2.elasticsearch:9300'],
  ['elasticsearch-2.elasticsearch.coped-test.svc:9300'],
  ['elasticsearch-3.elasticsearch:9300', ['elasticsearch-3.elasticsearch', NO_POD]],
  ['elasticsearch-3.elasticsearch.coped-test:9300', ['elasticsearch-3.elasticsearch.coped-test', NO_POD]],
  ['elastic-0.elasticsearch:9300', ['elastic-0.elasticsearch', NO_POD]],
  ['elasticsearch-0.elastic:9300', ['elasticsearch-0.elastic', 'names a Service that does not exist']],
])('%s', (address, ...expected) => {
  const subject = good();
  const manifests = [...subject.manifests];
  change(manifests, {
    'Service/elasticsearch': { 'spec.clusterIP': 'None' },
    'Deployment/web': { 'spec.template.spec.containers.0.env.-': { name: 'ES_NODES', value: address } },
  });
  const findings = found(addresses, { ...subject, manifests }).map(([, value, wrong]) => [value, wrong]);
  expect(findings).toEqual(expected);
});
