import type { Json } from '../../../checker/manifests/manifest';
import { addresses } from '../../../checker/rules/network/addresses';
import { broken, found, main } from '../fixture';

const headless = () => {
  const subject = broken('Deployment/web', (web) => {
    main(web).env.push({ name: 'ES_NODES', value: '' });
  });
  const service: Json = subject.manifests.find(
    (m) => m.kind === 'Service' && m.metadata.name === 'elasticsearch',
  );
  service.spec.clusterIP = 'None';
  const web = subject.manifests.find(({ kind }) => kind === 'Deployment');
  return (value: string) => {
    main(web).env.at(-1).value = value;
    return found(addresses, { ...subject, manifests: [...subject.manifests] }).map(([, value, wrong]) => [
      value,
      wrong,
    ]);
  };
};

test('behind a headless Service the port is that of the containers', () => {
  const findings = headless();
  expect(findings('elasticsearch:9300')).toEqual([]);
  expect(findings('elasticsearch:9301')).toEqual([[9301, 'is not a port of Service/elasticsearch']]);
  expect(findings('http://elasticsearch')).toEqual([]);
});

test('knows the names of single pods', () => {
  const findings = headless();
  const wrong = 'is no pod that Service/elasticsearch gives a name to';
  expect(findings('elasticsearch-2.elasticsearch:9300')).toEqual([]);
  expect(findings('elasticsearch-2.elasticsearch.coped-test.svc:9300')).toEqual([]);
  expect(findings('elasticsearch-3.elasticsearch:9300')).toEqual([['elasticsearch-3.elasticsearch', wrong]]);
  expect(findings('elasticsearch-3.elasticsearch.coped-test:9300')).toEqual([
    ['elasticsearch-3.elasticsearch.coped-test', wrong],
  ]);
  expect(findings('elastic-0.elasticsearch:9300')).toEqual([['elastic-0.elasticsearch', wrong]]);
  expect(findings('elasticsearch-0.elastic:9300')).toEqual([
    ['elasticsearch-0.elastic', 'names a Service that does not exist'],
  ]);
});
