import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { containersOfDist } from './containers';

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

function withContainers(action: () => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'coped-'));
  process.env['CONTAINERS'] = join(folder, 'containers.json');
  process.env['PYTHONPATH'] = '.';
  try {
    writeFileSync(process.env['CONTAINERS'], JSON.stringify(containersOfDist()));
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
  run(
    'django',
    join('.venv', 'bin', 'ruff'),
    'check',
    '--config',
    'ruff.toml',
    '.',
    '../dashboards',
    CONTAINERS,
  );
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
