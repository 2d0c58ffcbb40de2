import { founders } from '../../../../checker/rules/data/founders';
import { production } from '../../../../lib/environments/production';
import { change, manifestsOf } from '../../../support';

type Subject = Parameters<typeof founders.find>[0];
const check = (now: object, before?: object) =>
  founders.find({
    manifests: manifestsOf(now as typeof production),
    committed: before ? manifestsOf(before as typeof production) : [],
  } as unknown as Subject);
const one = change(production, 'elasticsearch', { nodes: 1, storage: '50Gi' });
const grown = change(production, 'elasticsearch', { nodes: 3, founders: 1, storage: '50Gi' });

test('a first start, and one like the last, are fine', () => {
  expect(check(production)).toEqual([]);
  expect(check(production, production)).toEqual([]);
});

test('growing is fine when only the first nodes stay founders', () => {
  expect(check(grown, one)).toEqual([]);
});

test('finds new nodes that could found a second cluster', () => {
  expect(check(production, one)).toEqual([
    {
      where: 'StatefulSet/elasticsearch spec.template.spec.initContainers[prepare].env[FOUNDERS].value',
      value: 'elasticsearch-0,elasticsearch-1,elasticsearch-2',
      wrong: 'was elasticsearch-0 when the cluster was founded: new nodes could found a second one',
      remedy: 'Set elasticsearch.founders to 1, the number of nodes of the first start',
    },
  ]);
});

test('finds that nobody could found the cluster again', () => {
  const committed = manifestsOf(production);
  const manifests = structuredClone(committed);
  const [prepare] =
    manifests.find(({ kind, metadata }) => `${kind}/${metadata.name}` === 'StatefulSet/elasticsearch')?.spec
      .template.spec.initContainers ?? [];
  prepare.env = prepare.env.filter(({ name }: { name: string }) => name !== 'FOUNDERS');

  expect(founders.find({ environment: 'production', manifests, committed })).toEqual([
    {
      where: 'StatefulSet/elasticsearch spec.template.spec.initContainers[prepare].env[FOUNDERS].value',
      wrong: 'is gone: with empty volumes, as after a disaster, no cluster could be founded any more',
      remedy: 'Set it to elasticsearch-0,elasticsearch-1,elasticsearch-2 again',
    },
  ]);
});

test('says nothing of founders that come from a ConfigMap: their value is not here', () => {
  const [committed, manifests] = [structuredClone(manifestsOf(production)), manifestsOf(production)];
  const set = committed.find(
    ({ kind, metadata }) => `${kind}/${metadata.name}` === 'StatefulSet/elasticsearch',
  );
  const entry = set?.spec.template.spec.initContainers[0].env.find(
    ({ name }: { name: string }) => name === 'FOUNDERS',
  );
  entry.value = undefined;
  entry.valueFrom = { configMapKeyRef: { name: 'elasticsearch', key: 'founders' } };
  expect(founders.find({ environment: 'production', manifests, committed })).toEqual([]);
});
