import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { dependencies } from '../../package.json';

// In a house of its own: what is compiled is kept beside it.
const HOUSE = mkdtempSync(join(tmpdir(), 'coped-register-'));
const HERE = join(__dirname, '..', '..');

beforeAll(() => {
  mkdirSync(join(HOUSE, 'cli'));
  for (const path of ['package.json', 'cli/register.js', 'cli/installed.js'])
    cpSync(join(HERE, path), join(HOUSE, path));
  mkdirSync(join(HOUSE, 'node_modules'));
  for (const name of Object.keys(dependencies))
    symlinkSync(join(HERE, 'node_modules', name), join(HOUSE, 'node_modules', name));
});
afterAll(() => rmSync(HOUSE, { recursive: true }));

const files = (texts: Record<string, string>): void => {
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(HOUSE, path)), { recursive: true });
    writeFileSync(join(HOUSE, path), text);
  }
};

function run(path: string): string {
  const { status, stdout, stderr } = spawnSync('node', ['-r', './cli/register.js', path], {
    cwd: HOUSE,
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : stderr;
}

test('names mean what they mean to Node', () => {
  files({
    'names/main.ts': `
      import a from './both';
      import b from './folder';
      import c from './folder/inner';
      import data from './data.json';
      import { parse } from 'yaml';
      import { join } from 'node:path';
      console.log([a, b, c, data.text, parse('[yaml]')[0], join('x', 'y')].join(' '));`,
    'names/both.ts': "const text: string = 'file'; export default text;",
    'names/both/index.ts': "export default 'folder of that name';",
    'names/folder/index.ts': "export default 'index';",
    'names/folder/inner.ts':
      "import up from '..'; import index from '.'; export default [up, index].join(' ');",
    'names/index.ts': "export default 'up';",
    'names/data.json': '{ "text": "json" }',
  });
  expect(run('names/main.ts')).toBe('file index up index json yaml x/y');
});

test('a file is run once, whatever it is called; files may need each other', () => {
  files({
    'once/main.ts': "import './one'; import { index } from '.'; console.log(index());",
    'once/index.ts':
      "import { one } from './one'; console.log('index'); export const index = () => one + '!';",
    'once/one.ts':
      "import { index } from './index'; console.log('one'); export const one = 'one'; export { index };",
  });
  expect(run('once/main.ts').split('\n')).toEqual(['index', 'one', 'one!']);
});

test('what was kept of a file is not taken for another one of the same length', () => {
  files({ 'changed.ts': "console.log('before');" });
  expect([run('changed.ts'), run('changed.ts')]).toEqual(['before', 'before']);
  files({ 'changed.ts': "console.log('after.');" });
  expect([run('changed.ts'), run('changed.ts')]).toEqual(['after.', 'after.']);
});

test('a file that fails, fails whenever it is asked for; one that is missing is named', () => {
  files({
    'fails/main.ts': `
      const attempt = (name: string) => {
        try { return String(require(name)); } catch (error) { return (error as Error).message.split('\\n')[0]; }
      };
      console.log([attempt('./broken'), attempt('./broken'), attempt('./nowhere')].join('; '));`,
    'fails/broken.ts': "throw new Error('broken');",
  });
  expect(run('fails/main.ts')).toBe("broken; broken; Cannot find module './nowhere'");
});

test('the trace of an error names the file and its line', () => {
  files({ 'trace/main.ts': "import './thrower';", 'trace/thrower.ts': "\n\nthrow new Error('here');" });
  expect(run('trace/main.ts')).toMatch(/trace\/thrower\.ts:3/);
});
