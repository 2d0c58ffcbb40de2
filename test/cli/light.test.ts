import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyOfTree, sourceFolders } from '../copy';

// What a command needs is loaded when it runs: docs/decisions/0021-a-thin-command-line.md

const ROOT = join(__dirname, '..', '..');

/** What `coped` loads for these words: each file with those that led to it, itself the last. */
function loadedBy(...words: string[]): string[][] {
  const observer = join(__dirname, 'loaded.js');
  const { status, stderr } = spawnSync('node', ['-r', observer, 'cli/coped.js', ...words], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  return JSON.parse(stderr);
}

/** The texts and options of commands, and what prints them. */
const LIGHT = [
  /^cli\/([\w-]+|[\w-]+\/command|cluster\/(error-advice|execute))\.[jt]s$/,
  /^cli\/(terminal|laptop)\//,
  /^formats\//,
  /^node_modules($|\/commander($|\/))/,
];
const isHeavy = (path: string): boolean => !LIGHT.some((pattern) => pattern.test(path));

test.each([
  '--help',
  '--version',
  'help',
  'completion bash',
])('coped %s loads nothing that only commands need to run', (words) => {
  const loaded = loadedBy(...words.split(' '));
  const paths = loaded.flatMap((chain) => chain.slice(-1));
  expect(paths).toEqual(expect.arrayContaining(['node_modules/commander', 'cli/status/command.ts']));
  const advice =
    "each loads the next, even for help. Load the last in the command's action: `const { … } = await import('…')`. " +
    '`world.environments` are loaded where they are read: do that in the action, too.';
  const heavy = loaded
    // Of what belongs together the first.
    .filter((chain) => chain.findIndex(isHeavy) === chain.length - 1)
    .map((chain) => `${chain.join(' → ')}: ${advice}`);
  expect(heavy).toEqual([]);
});

describe('where an environment is broken', () => {
  let copy: string;
  beforeAll(() => {
    copy = copyOfTree([...sourceFolders, 'imports']);
  });
  afterAll(() => rmSync(copy, { recursive: true }));

  const coped = (text: string, ...words: string[]) => {
    writeFileSync(join(copy, 'lib', 'environments', 'staging.ts'), text);
    return spawnSync('node', ['cli/coped.js', ...words], { cwd: copy, encoding: 'utf8' });
  };

  test('help and versions work', () => {
    for (const words of ['--help', '--version'])
      expect(coped('<<<<<<< HEAD\n', words)).toMatchObject({ status: 0, stderr: '' });
  });

  test.each([
    [
      'the marks of a conflict',
      '<<<<<<< HEAD\n',
      '✘ lib/environments/staging.ts has the marks of a merge conflict.\n' +
        '  Keep one side, and remove the lines with <<<<<<<, ======= and >>>>>>>.\n',
    ],
    [
      'code that fails',
      '\nnull!.x;\n',
      "✘ Cannot read properties of null (reading 'x')\n" +
        '  It failed in lib/environments/staging.ts:2. See docs/troubleshooting.md\n',
    ],
  ])('what needs it says where and what to do, without a stack trace: %s', (_, text, said) => {
    for (const words of [['status', 'production'], ['status', '--help'], ['open'], ['check']])
      expect(coped(text, ...words)).toMatchObject({ status: 1, stderr: said, stdout: '' });
  });
});
