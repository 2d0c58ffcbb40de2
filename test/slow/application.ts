import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { views } from '../../checker/analysis/container-mounts';
import { variableReader } from '../../checker/analysis/variables';
import { production } from '../../lib/environments/production';
import { synthesize } from '../../rules/synthesize';
import type { Manifest } from '../manifest';
import { optional, room } from '../optional';

// `npm run test:application`: the tests of the application, in Python, with the packages of its images. Needs Python 3.11, and
// once the internet; PYTHON names another one than the first that is found. Then the same programs with the variables of each
// container in dist/.

const APP = join(__dirname, '..', '..', 'app');
/** The oldest that has all of it; the images have 3.13, and the end-to-end suite runs the same tests in one. */
const VERSION = '3.11';
const MISSING = `Python ${VERSION} or newer, with venv, was not found. Install it (on Debian and Ubuntu: apt-get install python3-venv;
with uv: uv python install ${VERSION}), or name it: PYTHON=/path/to/python${VERSION} npm run test:application`;

/** The first Python that is new enough, and can make a place for packages. */
function findPython(): string | undefined {
  const named = process.env.PYTHON;
  const fits = `import ensurepip, sys, venv; sys.exit(sys.version_info < (${VERSION.replace('.', ', ')}))`;
  return (named ? [named] : [`python${VERSION}`, 'python3']).find(
    (python) => spawnSync(python, ['-c', fits]).status === 0,
  );
}

/** @throws Error if it fails: what follows would be about something else */
function run(folder: string, program: string, ...words: string[]): void {
  console.log(`\n== app/${folder}: ${[program, ...words].join(' ')}`);
  const { status, error } = spawnSync(program, words, { cwd: join(APP, folder), stdio: 'inherit' });
  if (status !== 0) throw new Error(`app/${folder}: ${program} failed${error ? `: ${error.message}` : ''}.`);
}

/** The test that loads the settings of each container is not in app/: the image of the application has no dist/. */
const CONTAINERS = join('..', '..', 'test', 'slow');

/** What a container of dist/ gives to its program, for `test_containers.py`. */
interface Given {
  /** `production Deployment/web wait-for-schema` */
  readonly name: string;
  readonly command: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Paths of the files that Secrets put there, or may put there. */
  readonly files: readonly string[];
  /** The environment has no Secret in dist/: real ones are in its cluster. */
  readonly hosted: boolean;
}

const DIST = join(__dirname, '..', '..', 'dist');

/** Every environment in dist/, and one that has also what the sample can and none of them wants. */
const environments = (): (readonly [name: string, manifests: readonly Manifest[]])[] => {
  const folders = readdirSync(DIST).filter((folder) => folder !== 'local');
  const { static: _, ...tasks } = optional;
  const commands = { 'clear-sessions': { schedule: '0 3 * * *', deadline: 600 } };
  const [all] = synthesize([{ ...production, ...room, ...tasks, commands }]);
  return [
    ...folders.map((folder) => {
      const files = readdirSync(join(DIST, folder)).map((file) => join(DIST, folder, file));
      return [folder, files.flatMap((file) => loadAll(readFileSync(file, 'utf8')) as Manifest[])] as const;
    }),
    ['tasks', all?.files.flatMap(({ manifests }) => manifests as Manifest[]) ?? []],
  ];
};

/** Every container, init containers included. */
const containersOf = ([environment, manifests]: ReturnType<typeof environments>[number]): Given[] => {
  const variablesOf = variableReader(manifests);
  return views({ environment, manifests }).map(({ workload, container: { spec }, mounts }): Given => {
    const { name, command = [], args = [] } = spec;
    return {
      name: `${environment} ${workload.name} ${name}`,
      command: [...command, ...args].join(' '),
      variables: Object.fromEntries(variablesOf(spec)),
      files: mounts
        .filter(({ path }) => path.startsWith('/run/secrets/'))
        .flatMap(({ path, files = [] }) => files.map((file) => `${path}/${file}`)),
      hosted: !manifests.some(({ kind }) => kind === 'Secret'),
    };
  });
};

function withContainers(action: () => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'coped-'));
  process.env['CONTAINERS'] = join(folder, 'containers.json');
  process.env['PYTHONPATH'] = '.';
  try {
    writeFileSync(process.env['CONTAINERS'], JSON.stringify(environments().flatMap(containersOf)));
    action();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function main(): void {
  const python = findPython();
  if (!python) throw new Error(MISSING);
  const own = join('.venv', 'bin', 'python');
  const install = (folder: string, ...files: string[]) => {
    run(folder, python, '-m', 'venv', '.venv');
    const packages = files.flatMap((file) => ['-r', file]);
    run(folder, own, '-m', 'pip', 'install', '--quiet', '--require-hashes', ...packages);
  };
  install('django', 'requirements.txt', 'requirements-dev.txt');
  run('django', own, 'manage.py', 'test', '--settings=tests.settings');
  const others = ['../dashboards', CONTAINERS, join('..', '..', 'test', 'lib')];
  run('django', join('.venv', 'bin', 'ruff'), 'check', '--config', 'ruff.toml', '.', ...others);
  withContainers(() => run('django', own, '-m', 'unittest', 'discover', '-s', CONTAINERS, '-t', CONTAINERS));
  install('dashboards', 'requirements.txt');
  run('dashboards', own, '-m', 'unittest', 'discover', 'tests');
}

try {
  main();
} catch (error) {
  console.error(`\n${(error as Error).message}`);
  process.exitCode = 1;
}
