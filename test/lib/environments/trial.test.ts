import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problems } from '../../../checker/problems';
import { environments } from '../../../lib/environments';
import { imagesFile } from '../../../lib/environments/images';
import { synthesize } from '../../../rules/synthesize';
import type { Manifest } from '../../manifest';
import { change, named } from '../../support';

const ROOT = join(__dirname, '..', '..', '..');
const digest = (digit: string) => `@sha256:${digit.repeat(64)}`;
const OLD = `registry.example.org/coped/django:1.0.0${digest('a')}`;
const NEW = `registry.example.org/coped/django:1.1.0${digest('b')}`;

/** Both environments, with these images of Django in them. */
const together = (staging: object, production: object = { django: OLD }) => {
  const images = named('production').images;
  return [
    change(named('staging'), 'images', { ...images, ...staging }),
    change(named('production'), 'images', { ...images, ...production }),
  ];
};

const problemsOf = (...inputs: readonly object[]) => {
  try {
    synthesize(inputs);
  } catch (error) {
    if (error instanceof Problems) {
      return error.problems.map(({ environment, where, wrong }) => `${environment} ${where} ${wrong}`);
    }
    throw error;
  }
  return [];
};

test('staging and production run the same images', () => {
  expect(problemsOf(...together({ django: OLD }))).toEqual([]);
});

test('an environment with another application is no copy that anything is tried on', () => {
  const [staging, production] = together({ django: OLD });
  const other = { ...staging, application: { ...named('production').application } };
  expect(problemsOf(other, production as object)).toEqual([
    'staging application is another one than that of production, which cannot be tried here then',
  ]);
});

test('a release is on trial when staging says what it is tried instead of: all else is still the same', () => {
  const onTrial = together({ django: NEW, insteadOf: { django: OLD } });
  expect(problemsOf(...onTrial)).toEqual([]);
  const [staging = {}, production = {}] = onTrial;
  expect(problemsOf(change(staging, 'dashboards.cullIdleAfter', 300), production)).toEqual([
    expect.stringMatching(/^staging Deployment\/dashboards .* differs from production, which has /),
  ]);
});

const OVER = { django: NEW, insteadOf: { django: OLD } };

test.each<[title: string, staging: object, production: object]>([
  ['an image that staging has and production has not, undeclared', { django: NEW }, { django: OLD }],
  ['a release that came to production past staging', { django: OLD }, { django: NEW }],
  ['the same, while another is on trial', { ...OVER, django: `${NEW.slice(0, -1)}c` }, { django: NEW }],
  ['a trial that is over', OVER, { django: NEW }],
  ['a trial of what production has already', { ...OVER, django: OLD }, { django: OLD }],
  ['a trial of nothing else', { ...OVER, insteadOf: { django: NEW } }, { django: OLD }],
  ['a trial of nothing', { django: OLD, insteadOf: {} }, { django: OLD }],
])('refuses %s', (_, staging, production) => {
  expect(problemsOf(...together(staging, production))).toMatchSnapshot();
});

test('refuses a trial where nothing is a smaller copy of anything', () => {
  expect(problemsOf(change(named('production'), 'images.insteadOf', { django: OLD }))).toEqual([
    'production images.insteadOf is for an environment that is a smaller copy of another',
  ]);
  expect(problemsOf(change(named('development'), 'images.insteadOf', { django: OLD }))).toEqual([
    'development images.insteadOf belongs to environments that are a smaller copy of another',
  ]);
});

test('the file is checked like every setting, and named', () => {
  const [staging = {}] = together({ django: 'registry.example.org/coped/django:latest', another: NEW });
  expect(() => synthesize([staging])).toThrow(
    `2 problems; nothing was written.

  staging: images.django: "registry.example.org/coped/django:latest" can change without notice.
    Write an explicit tag such as ":1.4.0", or a digest "@sha256:…", in lib/environments/images/staging.json.
  staging: images.another: ${JSON.stringify(NEW)} is not a setting.
    Remove it, in lib/environments/images/staging.json, or see lib/environments/environment.ts for what there is to set.
`,
  );
});

test('an image held by its digest is labelled with its tag', () => {
  const folders = synthesize(together({ django: OLD }));
  const web = folders
    .flatMap(({ files }) => files.flatMap(({ manifests }): readonly Manifest[] => manifests))
    .find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'web');
  expect(web?.spec.template.metadata.labels['app.kubernetes.io/version']).toBe('1.0.0');
  expect(web?.spec.template.spec.containers[0].image).toBe(OLD);
});

test('every environment has one file of images, written as the machine writes it', () => {
  const written = ({ images }: { images: object }) => `${JSON.stringify(images, undefined, 2)}\n`;
  for (const environment of environments) {
    expect(readFileSync(join(ROOT, imagesFile(environment.name)), 'utf8')).toBe(written(environment));
  }
  expect(readdirSync(join(ROOT, imagesFile('x'), '..')).sort()).toEqual(
    environments.map(({ name }) => `${name}.json`).sort(),
  );
});
