import { createHash } from 'node:crypto';
import type { Manifest } from '../../../checker/manifests/check';
import { coped } from '../../../lib/coped';
import type { LocalEnvironment } from '../../../lib/environments/environment';
import { parseEnvironments } from '../../../lib/environments/parse';
import { filesOf } from '../../../lib/output/files';
import { CONFIG_ANNOTATION } from '../../../lib/output/stamp';
import { change, named } from '../../support';

const development = named('development') as LocalEnvironment;

const manifestsOf = (environment: object): Manifest[] =>
  parseEnvironments([environment]).flatMap((parsed) =>
    filesOf(coped(parsed)).flatMap(({ manifests }) => [...manifests]),
  );

/** Component → what its pods look like; a Job's includes its name. */
const podsOf = (environment: object) =>
  new Map(
    manifestsOf(environment)
      .filter(({ kind }) => ['Deployment', 'StatefulSet', 'Job', 'CronJob'].includes(kind))
      .map(({ kind, metadata, spec }) => [
        metadata.labels?.['app.kubernetes.io/component'] ?? '',
        hash([kind === 'Job' ? metadata.name : '', (spec.jobTemplate?.spec ?? spec).template]),
      ]),
  );

const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** Components whose pods are new after a change. */
function restarted(path: string, to: unknown, from: object = development): string[] {
  const before = podsOf(from);
  return [...podsOf(change(from, path, to))]
    .filter(([name, pod]) => before.get(name) !== pod)
    .map(([name]) => name)
    .sort();
}

test('what is not a change restarts nothing', () => {
  expect(restarted('quota.pods', 14)).toEqual([]);
});

test.each([
  ['djangoSecretKey', ['api', 'web']],
  ['postgresSuperuser', ['postgres', 'postgres-bootstrap']],
  ['postgresOwner', ['postgres-bootstrap', 'web']],
  ['postgresApplication', ['api', 'postgres-bootstrap', 'web']],
  ['postgresReadonly', ['postgres-bootstrap']],
  ['postgresBackup', ['postgres-bootstrap']],
  ['elasticsearchSuperuser', ['elasticsearch', 'elasticsearch-bootstrap']],
  ['elasticsearchApplication', ['api', 'elasticsearch-bootstrap', 'web']],
])('a new value of %s restarts exactly the pods that use it', (secret, components) => {
  expect(restarted(`secrets.values.${secret}`, 'fake-something-else')).toEqual(components);
});

test('changed configuration restarts exactly the pods that read it', () => {
  expect(restarted('django', { maxBodyBytes: 2 ** 21 })).toEqual(['api', 'web']);
  expect(restarted('django', { maxBodyBytes: 2 ** 21 }, named('production'))).toEqual([
    'api',
    'migrate',
    'web',
  ]);
});

test('a new release runs the bootstrap Jobs again, and leaves the servers of the data tier alone', () => {
  const image = 'registry.example.org/coped/django:1.0.1';
  expect(restarted('images.django', image, named('production'))).toEqual([
    'api',
    'elasticsearch-bootstrap',
    'migrate',
    'postgres-bootstrap',
    'web',
  ]);
});

test('the same release has the same Jobs', () => {
  const jobs = () =>
    manifestsOf(development)
      .filter(({ kind }) => kind === 'Job')
      .map(({ metadata }) => metadata.name);
  expect(jobs()).toEqual(jobs());
  expect(jobs()).toEqual([
    expect.stringMatching(/^postgres-bootstrap-[0-9a-f]{10}$/),
    expect.stringMatching(/^elasticsearch-bootstrap-[0-9a-f]{10}$/),
  ]);
});

test('a pod that uses no configuration carries no stamp', () => {
  const dashboards = manifestsOf(development).find(
    ({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'dashboards',
  );
  expect(dashboards?.spec.template.metadata.annotations?.[CONFIG_ANNOTATION]).toBeUndefined();
});
