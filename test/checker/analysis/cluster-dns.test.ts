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
  const judged = headless();
  expect(judged('elasticsearch:9300')).toEqual([]);
  expect(judged('elasticsearch:9301')).toEqual([[9301, 'is not a port of Service/elasticsearch']]);
  expect(judged('http://elasticsearch')).toEqual([]);
});

test('knows the names of single pods', () => {
  const judged = headless();
  const wrong = 'is not the name of a pod of Service/elasticsearch';
  expect(judged('elasticsearch-2.elasticsearch:9300')).toEqual([]);
  expect(judged('elasticsearch-2.elasticsearch.coped-test.svc:9300')).toEqual([]);
  expect(judged('elasticsearch-3.elasticsearch:9300')).toEqual([['elasticsearch-3.elasticsearch', wrong]]);
  expect(judged('elasticsearch-3.elasticsearch.coped-test:9300')).toEqual([
    ['elasticsearch-3.elasticsearch.coped-test', wrong],
  ]);
  expect(judged('elastic-0.elasticsearch:9300')).toEqual([['elastic-0.elasticsearch', wrong]]);
  expect(judged('elasticsearch-0.elastic:9300')).toEqual([
    ['elasticsearch-0.elastic', 'names a Service that does not exist'],
  ]);
});
