import { spawnSync } from 'node:child_process';
import fs, { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { defaultImages } from '../../../lib/components/images';
import type { HostedEnvironment, LocalEnvironment } from '../../../lib/environments/environment';
import { copyOfTree, sourceFolders } from '../../copy';
import { named } from '../../support';
import { copedIn } from '../in-folder';
import { temporaryFolder } from '../temporary';

const digest = (digit: string) => `@sha256:${digit.repeat(64)}`;
const image = (name: string, version: string, digit: string) =>
  `ghcr.io/us/coped/${name}:${version}${digest(digit)}`;

const released = { django: image('django', '1.0.0', 'a'), dashboards: image('dashboards', '1.0.0', 'a') };
const django = image('django', '1.1.0', 'b');
const dashboards = image('dashboards', '1.1.0', 'c');

// The sources that it would write.
const root = temporaryFolder();
let environments: readonly (HostedEnvironment | LocalEnvironment)[];
const withImages = (name: string, images: object) => ({ ...named(name), images }) as HostedEnvironment;
beforeEach(() => {
  mkdirSync(root('lib', 'environments', 'images'), { recursive: true });
  const hosted = ['staging', 'production'].map((name) => withImages(name, released));
  environments = [named('development'), ...hosted];
});

const written = () =>
  readdirSync(root(), { recursive: true, encoding: 'utf8' }).filter((path) => /\.(json|yaml)$/.test(path));
const text = (path: string) => readFileSync(root(path), 'utf8');
const imagesOf = (name: string) => environments.find((one) => one.name === name)?.images;

/** Runs the command; the next one reads the files that it has written. */
async function images(...words: string[]) {
  const ended = await copedIn({ root: root(), environments }, 'images', ...words);
  environments = environments.map((one) => {
    const path = `lib/environments/images/${one.name}.json`;
    return written().includes(path) ? withImages(one.name, JSON.parse(text(path))) : one;
  });
  return ended;
}

test.each([
  [[], "missing required argument 'environment'"],
  [['staging', 'production', '--from', 'staging'], 'too many arguments'],
  [['staging'], 'name the images (--'],
  [['staging', '--django', 'x:1.0.0', '--from', 'production'], 'one of both'],
  [['prod', '--from', 'staging'], 'Choose from development, staging, production'],
  [['production', '--from', 'stage'], 'Allowed choices are development, staging, production'],
  [['production', '--django', 'x:1.0.0'], 'npx coped images production --from staging'],
  [['production', '--from', 'development'], 'takes what staging has tried, not what development has'],
  [['staging', '--another', 'x:1.0.0'], "unknown option '--another'"],
])('refuses %j, with what to do', async (words, message) => {
  const { status, stdout, stderr } = await images(...words);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('    at ');
  expect(written()).toEqual([]);
});

test('a release on trial is written with what it is tried instead of, and with the dist/ that results', async () => {
  const { status, stdout } = await images('staging', '--django', django, '--dashboards', dashboards);
  expect(status).toBe(0);
  expect(stdout).toMatchSnapshot();
  expect(imagesOf('staging')).toEqual({ django, dashboards, insteadOf: released });
  expect(written().filter((path) => path.startsWith('lib'))).toEqual([
    'lib/environments/images/staging.json',
  ]);
  expect(text('dist/staging/30-web.k8s.yaml')).toContain(django);
  expect(text('dist/production/30-web.k8s.yaml')).toContain(released.django);
});

test('what was tried goes to production as it is, and the trial is over', async () => {
  await images('staging', '--django', django);
  expect((await images('production', '--from', 'staging')).stdout).toMatchSnapshot();
  expect(imagesOf('production')).toEqual({ ...released, django });
  expect(imagesOf('staging')).toEqual(imagesOf('production'));
  expect(text('dist/production/30-web.k8s.yaml')).toContain(django);
});

test('the end of a trial leaves nothing of it', async () => {
  await images('staging', '--django', django);
  await images('staging', '--from', 'production');
  expect(imagesOf('staging')).toEqual(released);
});

test('a second release on trial is tried instead of what production has, not of the first', async () => {
  await images('staging', '--django', django);
  await images('staging', '--django', image('django', '1.2.0', 'd'));
  expect(imagesOf('staging')).toMatchObject({ insteadOf: { django: released.django } });
  await images('staging', '--django', released.django);
  expect(imagesOf('staging')).toEqual(released);
});

test('the same again changes nothing, and writes nothing', async () => {
  expect((await images('staging', '--django', released.django)).stdout).toBe('Nothing changes.\n');
  expect((await images('production', '--from', 'staging')).stdout).toBe('Nothing changes.\n');
  expect(written()).toEqual([]);
});

test('everything that is wrong is reported at once, and nothing is written', async () => {
  const wrong = ['--dashboards', image('dashboards', '1.0.0', 'e'), '--postgres', 'postgres:latest'];
  const { status, stderr } = await images('staging', '--django', 'ghcr.io/us/coped/django:1.1.0', ...wrong);
  expect(status).toBe(1);
  expect(stderr).toMatchSnapshot();
  expect(written()).toEqual([]);
});

test('a disk that is full in the middle changes neither the images nor dist/', async () => {
  await images('staging', '--django', django);
  const before = [text('lib/environments/images/staging.json'), written()];
  const write = fs.writeFileSync;
  const broken = jest.spyOn(fs, 'writeFileSync').mockImplementation((path, text) => {
    if (String(path).endsWith('.yaml')) throw new Error('ENOSPC: no space left on device, write');
    write(path, text);
  });
  const { status, stderr } = await images('staging', '--dashboards', dashboards);
  broken.mockRestore();
  expect([status, stderr]).toEqual([2, expect.stringMatching(/dist cannot be written.*the disk is full/)]);
  expect([text('lib/environments/images/staging.json'), written()]).toEqual(before);
  expect(readdirSync(root('lib', 'environments', 'images'))).toEqual(['staging.json']);
});

test('a tag of production is given to no other image, whatever is on trial', async () => {
  await images('staging', '--django', django);
  const { status, stderr } = await images('staging', '--django', image('django', '1.0.0', 'f'));
  expect([status, stderr]).toEqual([1, expect.stringContaining('gives the tag "1.0.0" to another image')]);
});

test("another project's image may be built again under the same tag", async () => {
  for (const digit of ['a', 'b'])
    await images('staging', '--postgres', `${defaultImages.postgres}${digest(digit)}`);
  expect(imagesOf('staging')).toMatchObject({ postgres: `${defaultImages.postgres}${digest('b')}` });
});

test('production that was changed by hand gets what staging has', async () => {
  environments = environments.map((one) =>
    one.name === 'production' ? withImages('production', { ...released, django }) : one,
  );
  const { stderr } = await images('staging', '--dashboards', dashboards);
  expect(stderr).toContain('is not the image of production');
  await images('production', '--from', 'staging');
  expect(imagesOf('production')).toEqual(released);
});

test('changes the sources that it belongs to, in any folder, and tells a script what', () => {
  const copy = copyOfTree(['main.ts', ...sourceFolders, 'imports']);
  const words = [join(copy, 'cli', 'coped.js'), 'images', 'staging', '--django', django, '--json'];
  const { status, stdout } = spawnSync('node', words, { cwd: root(), encoding: 'utf8' });
  expect(status).toBe(0);
  const after = expect.objectContaining({ django });
  expect(JSON.parse(stdout).changed).toEqual([expect.objectContaining({ name: 'staging', after })]);
  const saved = readFileSync(join(copy, 'lib/environments/images/staging.json'), 'utf8');
  expect(JSON.parse(saved).django).toBe(django);
  expect(readFileSync(join(copy, 'dist/staging/30-web.k8s.yaml'), 'utf8')).toContain(django);
  rmSync(copy, { recursive: true });
});
