import type { Manifest } from '../../../checker/manifests/check';
import { ElasticsearchBootstrap } from '../../../lib/components/elasticsearch-bootstrap';
import { PostgresBootstrap } from '../../../lib/components/postgres-bootstrap';
import { objectsOf } from '../../support';

const postgres = { host: 'db.example', port: 5433, database: 'coped' };
const elasticsearch = {
  host: 'search.example',
  port: 9201,
  user: 'searcher',
  authority: { secret: 'tls', key: 'ca.crt' },
};

const jobOf = (manifests: Manifest[]): Manifest => {
  const job = manifests.find(({ kind }) => kind === 'Job');
  if (!job) throw new Error('no Job');
  return job;
};
const podOf = (job: Manifest) => job.spec.template;
const envOf = (job: Manifest) =>
  Object.fromEntries(
    podOf(job).spec.containers[0].env.map(({ name, value }: Record<string, string>) => [name, value]),
  );

const postgresJob = (release = 'one') =>
  jobOf(
    objectsOf(
      (scope) =>
        new PostgresBootstrap(scope, 'bootstrap', {
          image: 'postgres:17.12',
          postgres,
          release,
          realSecrets: true,
        }),
    ),
  );
const elasticsearchJob = (
  release = 'one',
  connection: typeof elasticsearch | Omit<typeof elasticsearch, 'authority'> = elasticsearch,
) =>
  jobOf(
    objectsOf(
      (scope) =>
        new ElasticsearchBootstrap(scope, 'bootstrap', {
          image: 'elasticsearch:9.5.3',
          elasticsearch: connection,
          release,
          realSecrets: true,
        }),
    ),
  );

test('every prop of PostgreSQL’s arrives', () => {
  expect(podOf(postgresJob()).spec.containers[0].image).toBe('postgres:17.12');
  expect(envOf(postgresJob())).toEqual({
    PGHOST: 'db.example',
    PGPORT: '5433',
    PGUSER: 'postgres',
    REQUIRE_REAL_SECRETS: '1',
  });
  expect(podOf(postgresJob()).metadata.annotations['coped.org/release']).toBe('one');
});

test('every prop of Elasticsearch’s arrives', () => {
  expect(podOf(elasticsearchJob()).spec.containers[0].image).toBe('elasticsearch:9.5.3');
  expect(envOf(elasticsearchJob())).toEqual({
    APPLICATION_USER: 'searcher',
    CA_FILE: '/run/secrets/coped/elasticsearch-ca.crt',
    ELASTICSEARCH_URL: 'https://search.example:9201',
    REQUIRE_REAL_SECRETS: '1',
  });
  const { authority, ...plain } = elasticsearch;
  expect(envOf(elasticsearchJob('one', plain)).ELASTICSEARCH_URL).toBe('http://search.example:9201');
  expect(envOf(elasticsearchJob('one', plain)).CA_FILE).toBeUndefined();
});

test.each([
  ['postgres', postgresJob],
  ['elasticsearch', elasticsearchJob],
])('%s-bootstrap is the same Job for the same release, and a new one for another', (_, make) => {
  expect(make('one').metadata.name).toBe(make('one').metadata.name);
  expect(make('two').metadata.name).not.toBe(make('one').metadata.name);
});

test.each([
  ['postgres', postgresJob],
  ['elasticsearch', elasticsearchJob],
])('%s-bootstrap keeps the log of every failed try', (_, make) => {
  expect(podOf(make()).spec.restartPolicy).toBe('Never');
  expect(make().spec.ttlSecondsAfterFinished).toBeUndefined();
});
