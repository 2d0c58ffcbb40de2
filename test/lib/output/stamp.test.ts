import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { secretsIn } from '../../../lib/components/secrets';
import { coped } from '../../../lib/coped';
import type { LocalEnvironment } from '../../../lib/environments/environment';
import { filesOf } from '../../../lib/output/files';
import { stamp } from '../../../lib/output/stamp';
import { parseEnvironments } from '../../../rules/environments';
import type { Manifest } from '../../manifest';
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

/** Components whose pods read a ConfigMap. */
const readersOf = (name: string, environment: object) =>
  manifestsOf(environment)
    .filter(({ spec }) => JSON.stringify(spec ?? {}).includes(`"configMapRef":{"name":"${name}"}`))
    .map(({ metadata }) => metadata.labels?.['app.kubernetes.io/component'])
    .sort();

test('what is not a change restarts nothing', () => {
  expect(restarted('quota.pods', 14)).toEqual([]);
});

test.each(
  parseEnvironments([development]).flatMap(secretsIn),
)('a new value of $secret restarts exactly the pods that use it', ({ secret, key }) => {
  const before = manifestsOf(development);
  const after = before.map((manifest) =>
    manifest.kind === 'Secret' && manifest.metadata.name === secret
      ? { ...manifest, data: { [key]: 'another' } }
      : manifest,
  );
  const templates = (manifests: readonly Manifest[]) =>
    stamp(structuredClone(manifests) as Manifest[]).flatMap(({ metadata, spec }) =>
      spec?.template
        ? [{ name: metadata.labels?.['app.kubernetes.io/component'], template: spec.template }]
        : [],
    );
  const old = templates(before);
  const restarts = templates(after).filter(
    ({ template }, i) => !isDeepStrictEqual(template, old[i]?.template),
  );
  const readers = old.filter(({ template }) => JSON.stringify(template.spec).includes(`"name":"${secret}"`));
  expect(readers.length).toBeGreaterThan(0);
  expect(restarts.map(({ name }) => name)).toEqual(readers.map(({ name }) => name));
});

test('changed configuration restarts exactly the pods that read it', () => {
  const maxBodyBytes = 2 ** 21;
  expect(restarted('django', { maxBodyBytes })).toEqual(readersOf('django', development));
  const production = named('production');
  expect(restarted('django', { maxBodyBytes }, production)).toEqual(readersOf('django', production));
});

test('a new release runs the bootstrap Jobs again, and leaves the servers of the data tier alone', () => {
  const image = 'registry.example.org/coped/django:1.0.1';
  expect(restarted('images.django', image, named('production'))).toMatchSnapshot();
});
