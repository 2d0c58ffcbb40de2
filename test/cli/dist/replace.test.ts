import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type NewFolder, replaceFolders } from '../../../cli/dist/replace';

let folder: string;
let output: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coped-replace-'));
  output = join(folder, 'dist');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Two environments of three files that all say the same. */
const all = (text: string): NewFolder[] =>
  ['one', 'two'].map((name) => ({ name, files: ['a', 'b', 'c'].map((file) => ({ name: file, text })) }));

/** What all files say; everything that they say where they do not agree. */
function said(): string {
  const files = ['one', 'two'].flatMap((name) => ['a', 'b', 'c'].map((file) => join(output, name, file)));
  return [...new Set(files.map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : 'absent')))].join();
}
const beside = () => readdirSync(folder).filter((name) => name !== 'dist' && !name.endsWith('js'));

test('what changes is told; where nothing does, nothing is touched', () => {
  expect(replaceFolders(output, all('x'), true)).toHaveLength(6);
  writeFileSync(join(output, 'one', 'a'), 'y');
  rmSync(join(output, 'one', 'b'));
  mkdirSync(join(output, 'three'));
  writeFileSync(join(output, 'three', 'old'), '');
  expect(replaceFolders(output, all('x'), true)).toEqual([
    { change: 'changed', path: 'one/a' },
    { change: 'new', path: 'one/b' },
    { change: 'removed', path: 'three/old' },
  ]);
  expect(readdirSync(output)).toEqual(['one', 'two']);
  expect(replaceFolders(output, all('x'), true)).toEqual([]);
  expect([said(), ...beside()]).toEqual(['x']);
});

test('single folders leave the others as they are', () => {
  replaceFolders(output, all('x'), true);
  expect(replaceFolders(output, all('y').slice(1), false)).toHaveLength(3);
  expect(readFileSync(join(output, 'one', 'a'), 'utf8')).toBe('x');
  expect(readdirSync(join(output, 'two'))).toEqual(['a', 'b', 'c']);
  expect(readFileSync(join(output, 'two', 'a'), 'utf8')).toBe('y');
  expect(beside()).toEqual([]);
});

test('where it cannot be written, all is as it was, and the reason is told', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => replaceFolders(join(folder, 'file', 'dist'), all('x'), true)).toThrow(
    /cannot be written.*ENOTDIR/,
  );
});

const REPLACE = join(__dirname, '..', '..', '..', 'cli', 'dist', 'replace.ts');
const REGISTER = join(__dirname, '..', '..', '..', 'cli', 'register.js');

/** The arguments of a Node that writes a text everywhere, with something done to `node:fs` first. */
function writer(text: string, hook: string): string[] {
  const [before, main] = [join(folder, `hook-${text}.js`), join(folder, `write-${text}.js`)];
  writeFileSync(before, `const fs = require('node:fs');\n${hook}`);
  writeFileSync(
    main,
    `require(${JSON.stringify(before)});
     require(${JSON.stringify(REPLACE)}).replaceFolders(${JSON.stringify(output)}, ${JSON.stringify(all(text))}, true);`,
  );
  return ['-r', REGISTER, main];
}

test('killed at any call that changes the disk, it leaves what was there, or what is new', () => {
  const states: string[] = [];
  const kill = (at: number): SpawnSyncReturns<string> =>
    spawnSync(
      'node',
      writer(
        'new',
        `let calls = 0;
         for (const name of ['mkdirSync', 'mkdtempSync', 'renameSync', 'rmSync', 'writeFileSync']) {
           const real = fs[name];
           fs[name] = (...args) => {
             if (++calls === ${at}) process.kill(process.pid, 'SIGKILL');
             return real(...args);
           };
         }`,
      ),
      { encoding: 'utf8' },
    );
  // Every third: the calls in between are more of the same files.
  for (let at = 1; ; at += 3) {
    rmSync(output, { recursive: true, force: true });
    replaceFolders(output, all('old'), true);
    const { signal, stderr } = kill(at);
    states.push(said());
    if (signal === null) {
      expect(stderr).toBe('');
      break;
    }
  }
  expect(new Set(states)).toEqual(new Set(['old', 'new']));
  // What the killed ones have left beside it is gone after the next.
  replaceFolders(output, all('again'), true);
  expect([said(), ...beside()]).toEqual(['again']);
});

/** Between the two renames, long enough to be seen. */
const SLOW = `
  const rename = fs.renameSync;
  fs.renameSync = (...args) => {
    rename(...args);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
  };`;

test('killed between the two renames, the folder comes back', async () => {
  replaceFolders(output, all('old'), true);
  const slow = join(folder, 'slow.js');
  writeFileSync(slow, `const fs = require('node:fs');${SLOW}`);
  const child = spawn('node', writer('new', ''), {
    env: { ...process.env, NODE_OPTIONS: `--require=${slow}` },
  });
  while (existsSync(output)) await pause(5);
  child.kill('SIGKILL');
  await once(child, 'exit');
  while (!existsSync(output)) await pause(5);
  expect(said()).toBe('new');
});

test('of two at once one wins, and they are never mixed', async () => {
  replaceFolders(output, all('old'), true);
  const slow = join(folder, 'slow.js');
  writeFileSync(slow, `const fs = require('node:fs');${SLOW}`);
  const env = { ...process.env, NODE_OPTIONS: `--require=${slow}` };
  const codes = await Promise.all(
    ['first', 'second'].map(
      async (text) => (await once(spawn('node', writer(text, ''), { env }), 'exit'))[0],
    ),
  );
  expect(codes).toEqual([0, 0]);
  expect(['first', 'second']).toContain(said());
  expect(beside()).toEqual([]);
});
