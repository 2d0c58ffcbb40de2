import { differences } from '../../rules/allowed-differences';
import { contract, matcher } from '../../rules/differences';
import { synthesize } from '../../rules/synthesize';
import { change, environments, manifestsOf, named } from '../support';

const production = manifestsOf(named('production'));
const stagingWith = (path: string, value: unknown) =>
  manifestsOf(change(named('staging'), path, value) as ReturnType<typeof named>);
const found = (staging: ReturnType<typeof manifestsOf>) =>
  contract(staging, production).map(({ where, value, wrong }) => [where, value, wrong]);

test('staging differs from production in what is declared, and in nothing else', () => {
  expect(found(manifestsOf(named('staging')))).toEqual([]);
});

test('what else differs is found, with both values', () => {
  expect(found(stagingWith('images.postgres', 'docker.io/library/postgres:17.11-trixie'))).toEqual(
    expect.arrayContaining([
      [
        'StatefulSet/postgres spec.template.spec.containers[postgres].image',
        'docker.io/library/postgres:17.11-trixie',
        'differs from production, which has "docker.io/library/postgres:17.12-trixie"',
      ],
    ]),
  );
});

test('an object that only one of them has is found', () => {
  const staging = manifestsOf(named('staging'));
  const extra = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'extra' } };
  const without = staging.filter(({ metadata }) => metadata.name !== 'default-deny');
  expect(found([...staging, extra])).toEqual([
    ['ConfigMap/extra', 'an object', 'differs from production, which has none'],
  ]);
  expect(found(without)).toEqual([
    ['NetworkPolicy/default-deny', undefined, 'differs from production, which has "an object"'],
  ]);
});

test("staging that names production's namespace differs", () => {
  const text = JSON.stringify(manifestsOf(named('staging')));
  const staging = JSON.parse(text.replace('"value":"postgres"', '"value":"postgres.coped-production"'));
  expect(JSON.stringify(staging)).not.toBe(text);
  expect(found(staging).length).toBeGreaterThan(0);
});

test('a declaration that nothing needs is found', () => {
  const list = [...differences, { places: ['Deployment/web spec.paused'], why: 'It never was.' }];
  expect(contract(manifestsOf(named('staging')), production, list)).toEqual([
    {
      where: 'rules/allowed-differences.ts',
      value: 'Deployment/web spec.paused',
      wrong: 'is declared to differ, and does not',
      remedy: 'Remove the line',
    },
  ]);
});

test('synth refuses a difference when both are made together', () => {
  const changed = environments.map((environment) =>
    environment.name === 'staging' ? change(environment, 'dashboards.cullIdleAfter', 300) : environment,
  );
  expect(() => synthesize(changed)).toThrow(/staging: .*differs from production/);
});

test.each([
  ['Deployment/web spec.*', 'Deployment/web spec.replicas', true],
  ['Deployment/web spec.*', 'Deployment/webs spec.replicas', false],
  ['*.env[KEEP].value', 'CronJob/backup spec.x.env[KEEP].value', true],
  ['*.env[KEEP].value', 'CronJob/backup spec.x.envK.value', false],
  ['* spec.replicas', 'Deployment/web spec_replicas', false],
  ['Deployment/web *.resources.*', 'Deployment/web spec.resources.cpu', true],
  ['Deployment/web *.resources.*', 'Deployment/web .resources', false],
  ['Deployment/web **x', 'Job/x', false],
])('%s means %s: %s', (pattern, place, expected) => {
  expect(matcher(pattern)(place)).toBe(expected);
});
