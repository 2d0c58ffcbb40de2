import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs, { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type NewFolder, replaceFolders } from '../../../cli/dist/replace';
import { temporaryFolder } from '../temporary';

const folder = temporaryFolder();
const output = (...parts: string[]) => folder('dist', ...parts);

/** Two environments of three files that all have the same text. */
const all = (text: string): NewFolder[] =>
  ['one', 'two'].map((name) => ({ name, files: ['a', 'b', 'c'].map((file) => ({ name: file, text })) }));
const write = (text: string) => replaceFolders(output(), all(text), { whole: true });

/** The text of all files; every text where they differ. */
function texts(): string {
  const files = ['one', 'two'].flatMap((name) => ['a', 'b', 'c'].map((file) => output(name, file)));
  return [...new Set(files.map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : 'absent')))].join();
}
const beside = () => readdirSync(folder()).filter((name) => name !== 'dist' && !name.endsWith('js'));

test('reports what changes; without a change, nothing is touched', () => {
  expect(write('x')).toHaveLength(6);
  writeFileSync(output('one', 'a'), 'y');
  rmSync(output('one', 'b'));
  writeFileSync(output('one', '10-old.k8s.yaml'), '');
  expect(write('x')).toEqual([
    { change: 'changed', path: 'one/a' },
    { change: 'new', path: 'one/b' },
    { change: 'removed', path: 'one/10-old.k8s.yaml' },
  ]);
  expect(readdirSync(output())).toEqual(['one', 'two']);
  expect(write('x')).toEqual([]);
  expect([texts(), ...beside()]).toEqual(['x']);
});

test('the folder of an environment that is gone is removed only when that is asked for', () => {
  write('x');
  mkdirSync(output('three'));
  writeFileSync(output('three', '10-old.k8s.yaml'), '');
  expect(() => write('y')).toThrow(/dist\/three is of an environment that is gone: nothing was written/);
  expect([texts(), existsSync(output('three'))]).toEqual(['x', true]);
  replaceFolders(output(), all('y'), { whole: true, prune: true });
  expect([texts(), existsSync(output('three'))]).toEqual(['y', false]);
});

test('what no synth has written is not lost', () => {
  write('x');
  writeFileSync(output('one', 'notes.txt'), 'mine');
  for (const prune of [false, true])
    expect(() => replaceFolders(output(), all('y'), { whole: true, prune })).toThrow(
      /dist\/one\/notes.txt would be lost/,
    );
  expect(texts()).toBe('x');
  rmSync(output(), { recursive: true });
  writeFileSync(output(), 'mine');
  expect(() => write('y')).toThrow(/dist is a file, and not a folder/);
});

test('single folders leave the others as they are', () => {
  write('x');
  expect(replaceFolders(output(), all('y').slice(1), { whole: false })).toHaveLength(3);
  expect([readFileSync(output('one', 'a'), 'utf8'), readFileSync(output('two', 'a'), 'utf8')]).toEqual([
    'x',
    'y',
  ]);
  expect(readdirSync(output('two'))).toEqual(['a', 'b', 'c']);
  expect(beside()).toEqual([]);
});

test.each([
  ['ENOSPC: no space left on device, write', 'the disk is full', /^Make room \(`df -h`.*beside it, in \//],
  ['EDQUOT: disk quota exceeded, write', 'you have used up your share of the disk', /^Make room/],
  ["EACCES: permission denied, open '/x'", 'you may not write there', /^Check the owner/],
  ["EROFS: read-only file system, open '/x'", 'the disk can only be read', /^Work in a folder on another/],
  ['EIO: i/o error, write', 'the system refuses it', /^Name another place/],
])('%s: the old one stays whole, and what is wrong is said in plain words', (said, why, next) => {
  write('old');
  const broken = jest.spyOn(fs, 'writeFileSync').mockImplementation(() => {
    throw new Error(said);
  });
  const message = `dist cannot be written, and is as it was: ${why} (${said})`;
  expect(() => write('new')).toThrow(
    expect.objectContaining({
      message: expect.stringContaining(message),
      next: expect.stringMatching(next),
      exitCode: 2,
    }),
  );
  broken.mockRestore();
  expect([texts(), ...beside()]).toEqual(['old']);
});

const CLI = join(__dirname, '..', '..', '..', 'cli');

/** The arguments of a Node that writes a text everywhere, and the environment with something done to `node:fs` first. */
function writer(text: string, hook: string) {
  const [before, main] = [folder('hook.js'), folder(`write-${text}.js`)];
  writeFileSync(before, `const fs = require('node:fs');\n${hook}`);
  const [program, target, folders] = [join(CLI, 'dist', 'replace.ts'), output(), all(text)].map((one) =>
    JSON.stringify(one),
  );
  writeFileSync(main, `require(${program}).replaceFolders(${target}, ${folders}, { whole: true });`);
  const env = { ...process.env, NODE_OPTIONS: `--require=${before}` };
  return ['node', ['-r', join(CLI, 'register.js'), main], { env, encoding: 'utf8' }] as const;
}

test('killed at any call that changes the disk, it leaves what was there, or what is new', () => {
  const states: string[] = [];
  const kill = (at: number) => `
    let calls = process.argv[1].includes('write-new') ? 0 : NaN;
    for (const name of ['mkdirSync', 'mkdtempSync', 'renameSync', 'rmSync', 'writeFileSync']) {
      const real = fs[name];
      fs[name] = (...args) => {
        if (++calls === ${at}) process.kill(process.pid, 'SIGKILL');
        return real(...args);
      };
    }`;
  // Every third: the calls in between are more of the same files.
  for (let at = 1; ; at += 3) {
    rmSync(output(), { recursive: true, force: true });
    write('old');
    const { signal, stderr } = spawnSync(...writer('new', kill(at)));
    states.push(texts());
    if (signal === null) {
      expect(stderr).toBe('');
      break;
    }
  }
  expect(new Set(states)).toEqual(new Set(['old', 'new']));
  // The next run removes what the killed ones have left beside it.
  write('again');
  expect([texts(), ...beside()]).toEqual(['again']);
});

/** Between the two renames, long enough to be seen. */
const SLOW = `
  const rename = fs.renameSync;
  fs.renameSync = (...args) => {
    rename(...args);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
  };`;

test('killed between the two renames, the folder comes back', async () => {
  write('old');
  const child = spawn(...writer('new', SLOW));
  while (existsSync(output())) await pause(5);
  child.kill('SIGKILL');
  await once(child, 'exit');
  while (!existsSync(output())) await pause(5);
  expect(texts()).toBe('new');
});

test('of two at once one wins, and they are never mixed', async () => {
  write('old');
  const ends = ['first', 'second'].map((text) => once(spawn(...writer(text, SLOW)), 'exit'));
  expect((await Promise.all(ends)).map(([code]) => code)).toEqual([0, 0]);
  expect(['first', 'second']).toContain(texts());
  expect(beside()).toEqual([]);
});
