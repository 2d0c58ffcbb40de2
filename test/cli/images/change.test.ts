import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problems } from '../../../checker/problem';
import { change } from '../../../cli/images/change';
import type { Wanted } from '../../../cli/images/exchange';
import { told } from '../../../cli/images/told';
import { defaultImages } from '../../../lib/components/images';
import type { HostedEnvironment, LocalEnvironment } from '../../../lib/environments/environment';
import { named } from '../../support';

const digest = (digit: string) => `@sha256:${digit.repeat(64)}`;
const image = (name: string, version: string, digit: string) =>
  `ghcr.io/us/coped/${name}:${version}${digest(digit)}`;

const released = {
  django: image('django', '1.0.0', 'a'),
  dashboards: image('dashboards', '1.0.0', 'a'),
};
/** Third parties' images, which the files leave out. */
const theirs = { postgres: defaultImages.postgres as string };
const django = image('django', '1.1.0', 'b');
const dashboards = image('dashboards', '1.1.0', 'c');

const silent = jest.spyOn(console, 'error').mockImplementation(() => {});
afterAll(() => silent.mockRestore());

let house: string;
let environments: readonly (HostedEnvironment | LocalEnvironment)[];
beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), 'coped-images-'));
  mkdirSync(join(house, 'lib', 'environments', 'images'), { recursive: true });
  environments = [
    named('development'),
    { ...named('staging'), images: released } as HostedEnvironment,
    { ...named('production'), images: released } as HostedEnvironment,
  ];
});
afterEach(() => rmSync(house, { recursive: true }));

/** Changes images, and reads them anew as the next run would. */
function run(environment: string, wanted: Wanted, from?: string) {
  const changed = change(environments, { environment, wanted, ...(from && { from }) }, house);
  environments = environments.map((one) =>
    changed.some(({ name }) => name === one.name)
      ? ({
          ...one,
          images: JSON.parse(text(`lib/environments/images/${one.name}.json`)),
        } as HostedEnvironment)
      : one,
  );
  return changed;
}

const text = (path: string) => readFileSync(join(house, path), 'utf8');
const images = (name: string) => environments.find((one) => one.name === name)?.images;
const written = () =>
  readdirSync(house, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(json|yaml)$/.test(path))
    .sort();

test('a release on staging is written with what it is tried instead of, and with the dist/ that it gives', () => {
  const changed = run('staging', { django, dashboards });
  expect(images('staging')).toEqual({
    ...released,
    django,
    dashboards,
    insteadOf: { django: released.django, dashboards: released.dashboards },
  });
  expect(written().filter((path) => path.startsWith('lib'))).toEqual([
    'lib/environments/images/staging.json',
  ]);
  expect(text('dist/staging/30-web.k8s.yaml')).toContain(django);
  expect(text('dist/production/30-web.k8s.yaml')).toContain(released.django);
  expect(told(changed)).toBe(`staging
  django         ghcr.io/us/coped/django 1.0.0@sha256:aaaaaaaaaaaa → ghcr.io/us/coped/django 1.1.0@sha256:bbbbbbbbbbbb
  dashboards     ghcr.io/us/coped/dashboards 1.0.0@sha256:aaaaaaaaaaaa → ghcr.io/us/coped/dashboards 1.1.0@sha256:cccccccccccc
  On trial: django, dashboards.

Written: lib/environments/images/staging.json, dist/. Read what a deploy will do, then commit both:
  npm run plan -- staging --from HEAD
  git diff --stat`);
});

test('what was tried goes to production as it is, and the trial is over', () => {
  run('staging', { django });
  const changed = run('production', {}, 'staging');
  expect(changed.map(({ name }) => name)).toEqual(['staging', 'production']);
  expect(images('production')).toEqual({ ...released, django });
  expect(images('staging')).toEqual(images('production'));
  expect(text('dist/production/30-web.k8s.yaml')).toContain(django);
  expect(told(changed)).toContain('staging\n  No release is on trial any more.\nproduction\n  django  ');
});

test('a trial that is given up leaves no trace', () => {
  run('staging', { django });
  run('staging', {}, 'production');
  expect(images('staging')).toEqual(released);
});

test('a second release on trial is tried instead of what production has, not of the first', () => {
  run('staging', { django });
  run('staging', { django: image('django', '1.2.0', 'd') });
  expect(images('staging')).toMatchObject({ insteadOf: { django: released.django } });
  run('staging', { django: released.django });
  expect(images('staging')).toEqual(released);
});

test('the same again changes nothing, and writes nothing', () => {
  expect(told(run('staging', { django: released.django }))).toBe('Nothing changes.');
  expect(told(run('production', {}, 'staging'))).toBe('Nothing changes.');
  expect(written()).toEqual([]);
});

test('everything that is wrong is told at once, and nothing is written', () => {
  const wanted = {
    django: 'ghcr.io/us/coped/django:1.1.0',
    dashboards: image('dashboards', '1.0.0', 'e'),
    postgres: 'postgres:latest',
  };
  let problems: Problems['problems'] = [];
  try {
    run('staging', wanted);
  } catch (error) {
    if (error instanceof Problems) ({ problems } = error);
  }
  expect(problems.map(({ environment, where, value, wrong }) => [environment, where, value, wrong])).toEqual([
    [
      'staging',
      'images.django',
      wanted.django,
      'is held by its tag alone, where lib/environments/images/staging.json has a digest',
    ],
    ['staging', 'images.dashboards', wanted.dashboards, 'gives the tag "1.0.0" to another image than before'],
    ['staging', 'images.postgres', wanted.postgres, 'can change without notice'],
  ]);
  expect(written()).toEqual([]);
});

test('a tag that production has is given to no other image, whatever is on trial', () => {
  run('staging', { django });
  expect(() => run('staging', { django: image('django', '1.0.0', 'f') })).toThrow(
    'gives the tag "1.0.0" to another image than before',
  );
});

test('an image of somebody else may be built anew under the same tag', () => {
  run('staging', { postgres: `${theirs.postgres}${digest('a')}` });
  run('staging', { postgres: `${theirs.postgres}${digest('b')}` });
  expect(images('staging')).toMatchObject({ postgres: `${theirs.postgres}${digest('b')}` });
});

test('production that was changed by hand is brought back to what staging has', () => {
  environments = environments.map((one) =>
    one.name === 'production' ? ({ ...one, images: { ...released, django } } as HostedEnvironment) : one,
  );
  expect(() => run('staging', { dashboards })).toThrow('is not the image of production');
  run('production', {}, 'staging');
  expect(images('production')).toEqual(released);
});
