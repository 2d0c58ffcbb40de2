import { randomBytes } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { SCRIPT } from '../../../cli/dev/copy';
import { eachLine } from '../../../cli/dev/logs';
import { folderWith, runAgent } from './folders';

interface Said {
  files?: Record<string, string>;
  failed?: [string, string][];
}

/** Sends orders to an agent for a folder. @returns all that it said */
async function order(folder: string, ...orders: (object | Buffer | string)[]): Promise<Said[]> {
  const said: Said[] = [];
  const input = new PassThrough();
  const { ended } = runAgent(SCRIPT, folder, {
    input,
    output: eachLine((line) => said.push(JSON.parse(line))),
  });
  for (const one of orders) {
    if (Buffer.isBuffer(one) || typeof one === 'string') input.write(one);
    else input.write(`${JSON.stringify({ id: 1, write: [], link: [], delete: [], ...one })}\n`);
  }
  input.end();
  const { code, stderr } = await ended;
  if (code !== 0) throw new Error(stderr);
  return said;
}
const failures = (said: Said[]) => said.flatMap(({ failed = [] }) => failed);

describe('the agent', () => {
  test('says which files there are, and ends with its input', async () => {
    const folder = folderWith({ 'a.py': 'a', 'deep/b.py': '' });
    symlinkSync('a.py', join(folder, 'link'));
    const [first] = await order(folder);
    expect(first?.files).toEqual({
      'a.py': 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
      'deep/b.py': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      link: '-> a.py',
    });
  });

  test('writes every byte of every file, also of big ones, and leaves nothing unfinished', async () => {
    const folder = folderWith({ 'a.py': 'a' });
    const big = randomBytes(5 * 1024 ** 2);
    const write = [
      ['a.py', 3, 0o644],
      ['new/deep/run.sh', big.length, 0o755],
      ['empty', 0, 0o644],
    ];
    await order(folder, { write }, 'one', big, { id: 2, write: [['last', 2, 0o644]] }, 'é');
    expect(readFileSync(join(folder, 'a.py'), 'utf8')).toBe('one');
    expect(readFileSync(join(folder, 'new/deep/run.sh')).equals(big)).toBe(true);
    expect(lstatSync(join(folder, 'new/deep/run.sh')).mode & 0o777).toBe(0o755);
    expect(readFileSync(join(folder, 'last'), 'utf8')).toBe('é');
    expect(readdirSync(folder).sort()).toEqual(['a.py', 'empty', 'last', 'new']);
  });

  test('deletes files, and folders that become empty; what is gone already is fine', async () => {
    const folder = folderWith({
      'a/b/c.py': 'c',
      'a/b/__pycache__/c.pyc': 'x',
      'd/e.py': 'e',
      'd/f.py': 'f',
    });
    const said = await order(folder, { delete: ['a/b/c.py', 'd/e.py', 'never/was.py'] });
    expect(failures(said)).toEqual([]);
    expect(existsSync(join(folder, 'a'))).toBe(false);
    expect(existsSync(join(folder, 'd/f.py'))).toBe(true);
  });

  test('a folder may become a file, a file a folder, and either a link', async () => {
    const folder = folderWith({ 'views/__init__.py': 'x', 'models.py': 'm', 'old.py': 'o' });
    const changes = {
      delete: ['views/__init__.py', 'models.py'],
      write: [
        ['views', 1, 0o644],
        ['models.py/a.py', 1, 0o644],
      ],
      link: [['old.py', 'views']],
    };
    expect(failures(await order(folder, changes, 'va'))).toEqual([]);
    expect(readFileSync(join(folder, 'views'), 'utf8')).toBe('v');
    expect(readFileSync(join(folder, 'models.py/a.py'), 'utf8')).toBe('a');
    expect(readlinkSync(join(folder, 'old.py'))).toBe('views');
  });

  test.each([
    ['upwards', '../out.py'],
    ['in between', 'deep/../../out.py'],
    ['from the root', '/tmp/coped-out.py'],
    ['at nothing', ''],
    ['at itself', 'deep/.'],
    ['through a link', 'link/out.py'],
  ])('a path that leads %s is refused, and what follows is done', async (_, path) => {
    const outside = folderWith({ 'kept.py': 'k', 'pod/deep/a.py': 'a' });
    const folder = join(outside, 'pod');
    mkdirSync(join(outside, 'elsewhere'));
    symlinkSync('../elsewhere', join(folder, 'link'));
    const write = [
      [path, 3, 0o644],
      ['after.py', 2, 0o644],
    ];
    const said = await order(folder, { write, delete: [path], link: [[path, 'deep/a.py']] }, 'outok');
    expect(failures(said)).toEqual(Array(3).fill([path, 'it leads out of the folder']));
    expect(readFileSync(join(folder, 'after.py'), 'utf8')).toBe('ok');
    expect(readdirSync(outside).sort()).toEqual(['elsewhere', 'kept.py', 'pod']);
    expect(readdirSync(join(outside, 'elsewhere'))).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual(['after.py', 'deep', 'link']);
  });

  test.each([
    '/etc/passwd',
    '../kept.py',
    'deep/../../kept.py',
    'link/kept.py',
  ])('a link to %s is refused', async (to) => {
    const outside = folderWith({ 'kept.py': 'k', 'pod/deep/a.py': 'a' });
    const folder = join(outside, 'pod');
    symlinkSync('..', join(folder, 'link'));
    expect(failures(await order(folder, { link: [['new', to]] }))).toEqual([
      ['new', 'it leads out of the folder'],
    ]);
    expect(existsSync(join(folder, 'new'))).toBe(false);
  });

  test('what a broken connection has left behind goes away', async () => {
    const folder = folderWith({ '.coped-unfinished-999999999-0': 'half', 'a.py': 'a' });
    const [first] = await order(folder);
    expect(Object.keys(first?.files ?? {})).toEqual(['a.py']);
    expect(readdirSync(folder)).toEqual(['a.py']);
  });

  test('a file that cannot be written does not end the rest', async () => {
    const folder = folderWith({ 'a.py': 'a', 'deep/b.py': 'b' });
    const write = [
      ['a.py/under.py', 4, 0o644],
      ['c.py', 1, 0o644],
    ];
    const said = await order(folder, { write }, 'xxxxc');
    expect(failures(said)).toEqual([['a.py/under.py', expect.any(String)]]);
    expect(readFileSync(join(folder, 'c.py'), 'utf8')).toBe('c');
    expect(readdirSync(folder).sort()).toEqual(['a.py', 'c.py', 'deep']);
  });
});
