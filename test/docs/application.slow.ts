import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyOfTree, sourceFolders } from '../copy';

// Follows docs/your-application.md in a copy, with the code that the page has.

const PAGE = readFileSync(join(__dirname, '..', '..', 'docs', 'your-application.md'), 'utf8');
const [dockerfile, application, development, images] = [...PAGE.matchAll(/^```\w*\n(.*?)^```$/gms)].map(
  ([, block = '']) => block,
) as string[];

let copy: string;
beforeAll(() => {
  copy = copyOfTree(['main.ts', 'tsconfig.json', 'dist', 'imports', ...sourceFolders]);
  const write = (path: string, text = '') => writeFileSync(join(copy, path), text);
  mkdirSync(join(copy, 'app', 'library'), { recursive: true });
  write('app/library/Dockerfile', dockerfile);
  write('lib/applications/library.ts', application);
  write('lib/environments/development.ts', development);
  write('lib/environments/images/development.json', images);
});
afterAll(() => rmSync(copy, { recursive: true }));

const run = (...words: string[]) => {
  const { status, stdout, stderr } = spawnSync('node', words, { cwd: copy, encoding: 'utf8' });
  return { status, text: stdout + stderr };
};

test('the application of the page compiles', () => {
  expect(run('node_modules/typescript/bin/tsc', '--noEmit')).toEqual({ status: 0, text: '' });
});

test('its environment passes all checks, and has what the page says', () => {
  expect(run('-r', './cli/register.js', 'main.ts', 'development')).toMatchObject({ status: 0 });
  const web = readFileSync(join(copy, 'dist', 'development', '30-web.k8s.yaml'), 'utf8');
  for (const name of ['web', 'worker', 'beat', 'static']) expect(web).toContain(`  name: ${name}\n`);
  expect(web).toContain('image: docker.io/institute/library:development');
});

test('it goes on without the file and the folder of the sample', () => {
  for (const name of ['staging', 'production']) {
    const path = join(copy, 'lib', 'environments', `${name}.ts`);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('sample', 'library'));
  }
  rmSync(join(copy, 'lib', 'applications', 'sample.ts'));
  expect(run('-r', './cli/register.js', 'main.ts', 'development')).toMatchObject({ status: 0 });
});
