import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deserialize } from 'node:v8';
import { dependencies } from '../../package.json';

// In a checkout of its own: what is compiled is kept in its node_modules.
const FOLDER = mkdtempSync(join(tmpdir(), 'coped-register-'));
const ROOT = join(FOLDER, 'checkout');
const HERE = join(__dirname, '..', '..');
const CACHE = join(ROOT, 'node_modules', '.cache', 'coped');

beforeAll(() => {
  mkdirSync(join(ROOT, 'cli'), { recursive: true });
  for (const path of [
    'package.json',
    'cli/register.js',
    'cli/installed.js',
    'cli/kept.js',
    'cli/libraries.js',
  ])
    cpSync(join(HERE, path), join(ROOT, path));
  mkdirSync(join(ROOT, 'node_modules'));
  for (const name of Object.keys(dependencies))
    symlinkSync(join(HERE, 'node_modules', name), join(ROOT, 'node_modules', name));
});
afterAll(() => rmSync(FOLDER, { recursive: true }));

const files = (texts: Record<string, string>): void => {
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
  }
};

function run(path: string, root = ROOT): string {
  const { status, stdout, stderr } = spawnSync('node', ['-r', './cli/register.js', path], {
    cwd: root,
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
  expect(run('fails/main.ts')).toBe('broken; broken; fails/nowhere.ts is missing.');
});

test('the trace of an error names the file and its line', () => {
  files({ 'trace/main.ts': "import './thrower';", 'trace/thrower.ts': "\n\nthrow new Error('here');" });
  expect(run('trace/main.ts')).toMatch(/trace\/thrower\.ts:3/);
});

test('a package is kept until the next installation; what is no CommonJS is left to Node', () => {
  const installed = (text: string, time: number) => {
    rmSync(join(ROOT, 'node_modules', 'diff'), { force: true, recursive: true });
    files({
      'node_modules/diff/package.json': '{ "main": "lib/main.js" }',
      'node_modules/diff/lib/main.js': `module.exports = [require('./part'), require('./data.json').text, require.main.filename];`,
      'node_modules/diff/lib/part.js': `#!/usr/bin/env node\nmodule.exports = '${text}';`,
      'node_modules/diff/lib/data.json': '{ "text": "data" }',
      'node_modules/.package-lock.json': '{}',
      'package/main.ts':
        "const names = ['diff', 'diff/lib/part']; console.log(names.map(require).flat().join(' '));",
    });
    utimesSync(join(ROOT, 'node_modules', '.package-lock.json'), time, time);
    // Found, then compiled, then taken as it was compiled.
    return [1, 2, 3].map(() => run('package/main.ts'));
  };
  const expected = (text: string) => Array(3).fill(`${text} data ${join(ROOT, 'package/main.ts')} ${text}`);
  expect(installed('one', 1000)).toEqual(expected('one'));
  expect(installed('two', 2000)).toEqual(expected('two'));
});

describe('the cache', () => {
  const bytes = () => readdirSync(CACHE).map((name) => readFileSync(join(CACHE, name)));
  const places = (): Map<string, [begin: number, end: number]> => {
    const [file, ...more] = bytes();
    expect(more).toEqual([]);
    const end = file?.readUInt32LE(0);
    return deserialize(file?.subarray(4, end) ?? Buffer.alloc(0));
  };
  const cached = (): string[] => [...places().keys()].sort();
  const cachedOf = (folder: string) => cached().filter((path) => path.startsWith(`${folder}/`));

  test('does not grow when a copy of the tree runs, which borrows the packages', () => {
    files({ 'borrowed/main.ts': "import './part'; console.log('as it was');", 'borrowed/part.ts': '' });
    run('borrowed/main.ts');
    const before = bytes();
    const copy = join(FOLDER, 'copy');
    for (const part of ['package.json', 'cli', 'borrowed'])
      cpSync(join(ROOT, part), join(copy, part), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    writeFileSync(join(copy, 'borrowed', 'part.ts'), "console.log('changed');");
    writeFileSync(join(copy, 'borrowed', 'more.ts'), "import './main';");
    expect(run('borrowed/more.ts', copy)).toBe('changed\nas it was');
    expect(bytes()).toEqual(before);
  });

  test('has no file any more that is gone, nor what other versions have left', () => {
    files({ 'gone/main.ts': "import './part';", 'gone/part.ts': '' });
    run('gone/main.ts');
    expect(cachedOf('gone')).toEqual(['gone/main.ts', 'gone/part.ts']);
    rmSync(join(ROOT, 'gone', 'part.ts'));
    writeFileSync(join(CACHE, '2-3.0.0-10.0'), 'of another version');
    files({ 'gone/main.ts': '' });
    run('gone/main.ts');
    expect(cachedOf('gone')).toEqual(['gone/main.ts']);
  });

  test('has what synth calls, whatever was run before and after it', () => {
    files({
      'main.ts': "import { called } from './whole/part'; called();",
      'whole/short.ts': "import './part';",
      'whole/part.ts': `export const called = () => [${Array(200).fill("String('x')")}];`,
    });
    const size = () => {
      const [begin = 0, end = 0] = places().get('whole/part.ts') ?? [];
      return end - begin;
    };
    const sizes = ['whole/short.ts', 'main.ts', 'whole/short.ts', 'main.ts'].map((path) => {
      run(path);
      return size();
    });
    expect(sizes[1]).toBeGreaterThan((sizes[0] ?? 0) + 1000);
    expect(sizes.slice(2)).toEqual([sizes[1], sizes[1]]);
  });

  test('has only files of the checkout', () => {
    writeFileSync(join(FOLDER, 'outside.ts'), 'console.log(1);');
    expect(run('../outside.ts')).toBe('1');
    expect(cached().filter((path) => path.includes('outside'))).toEqual([]);
  });

  test('moves with the checkout; a trace names the place where a file is now', () => {
    files({ 'moved/main.ts': "throw new Error('here');" });
    run('moved/main.ts');
    const before = cached();
    const moved = join(FOLDER, 'moved');
    renameSync(ROOT, moved);
    try {
      const trace = run('moved/main.ts', moved);
      expect(trace).toContain(join(moved, 'moved', 'main.ts'));
      expect(trace).not.toContain(join(ROOT, 'moved'));
    } finally {
      renameSync(moved, ROOT);
    }
    expect(cached()).toEqual(before);
  });
});
