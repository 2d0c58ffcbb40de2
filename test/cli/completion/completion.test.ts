import { spawnSync } from 'node:child_process';
import { Argument, Command, Option } from 'commander';
import { bash } from '../../../cli/completion/bash';
import { fish } from '../../../cli/completion/fish';
import { placesOf } from '../../../cli/completion/places';
import { zsh } from '../../../cli/completion/zsh';
import { fakeWorld } from '../fake-world';

/** A program with everything that completion has to know. */
function sample(): Command {
  const program = new Command('coped');
  program
    .command('up')
    .summary("bring it up; it's easy")
    .addArgument(new Argument('<environment>').choices(['development', 'staging']))
    .addArgument(new Argument('[words...]').choices(['one', 'two']))
    .option('--context <name>', 'where')
    .addOption(new Option('-b, --builder <name>', 'with what').choices(['docker', 'podman']))
    .option('--to <file>', 'a file')
    .option('--build', 'anew');
  const secrets = program.command('secrets').summary('keys');
  secrets.command('set').summary('one').argument('<key>');
  secrets.command('check').summary('all');
  return program;
}

const places = placesOf(sample());

const CASES: readonly (readonly [line: string, words: string])[] = [
  ['coped ', 'up secrets'],
  ['coped s', 'secrets'],
  ['coped up ', 'development staging'],
  ['coped up st', 'staging'],
  ['coped up --bu', '--builder --build'],
  ['coped up --builder ', 'docker podman'],
  ['coped up -b po', 'podman'],
  ['coped up --context ', 'kind-coped other'],
  ['coped up --context kind-coped ', 'development staging'],
  ['coped up --build st', 'staging'],
  ['coped up staging ', 'one two'],
  ['coped up staging one ', 'one two'],
  ['coped up staging -- ', ''],
  ['coped secrets ', 'set check'],
  ['coped secrets set ', ''],
  ['coped nonsense ', ''],
];

/** kubectl as the scripts ask it. */
const KUBECTL =
  'kubectl() { [ "$*" = "config get-contexts --output=name" ] && printf "kind-coped\\nother\\n"; }';

const run = (program: string, script: string, ...args: string[]) =>
  spawnSync(program, ['-c', script, program, ...args], { encoding: 'utf8' });

const wordsOf = (line: string): string[] => line.split(' ');

describe('bash', () => {
  // A line for each case, from one shell.
  const ask = `ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _coped; echo "\${COMPREPLY[*]}"; }`;
  const quoted = (line: string) => wordsOf(line).map((word) => `'${word}'`);
  const asked = CASES.map(([line]) => `ask ${quoted(line).join(' ')}`);
  let answers: string[];
  beforeAll(() => {
    const { stdout, stderr } = run('bash', [KUBECTL, bash(places), ask, ...asked].join('\n'));
    expect(stderr).toBe('');
    answers = stdout.split('\n');
  });

  test.each(CASES.map((one, i) => [...one, i] as const))('completes "%s" with "%s"', (_, expected, i) => {
    expect(answers[i]?.trim()).toBe(expected);
  });
});

const has = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0;

// Not every machine has them; where they are, they have to agree with bash.
if (has('zsh'))
  test.each(CASES)('zsh completes "%s" with "%s"', (line, expected) => {
    // Instead of drawing a menu, say what would be in it and begins like the last word.
    const said = `compdef() {}; _describe() { for w in \${(P)2}; do w=\${w%%:*}; [[ $w == $words[CURRENT]* ]] && print -r -- $w; done }`;
    const script = `${KUBECTL}\n${said}\n${zsh(places)}\nwords=("$@"); CURRENT=$#; _coped`;
    const { stdout } = run('zsh', script, ...wordsOf(line));
    expect(stdout.trim().split('\n').join(' ')).toBe(expected);
  });

if (has('fish'))
  test.each(CASES)('fish completes "%s" with "%s"', (line, expected) => {
    const kubectl = 'function kubectl; printf "kind-coped\\nother\\n"; end';
    const { stdout } = run('fish', `${kubectl}\n${fish(places)}\ncomplete -C ${JSON.stringify(line)}`);
    const words = stdout.split('\n').map((word) => word.split('\t')[0] ?? '');
    expect(words.filter(Boolean).sort()).toEqual(expected.split(' ').filter(Boolean).sort());
  });

test.each([
  'bash',
  'zsh',
  'fish',
])('the script for %s knows every command, option and environment', async (shell) => {
  const world = fakeWorld();
  expect(await world.coped('completion', shell)).toBe(0);
  const { commands, flags } = placesOf((await import('../../../cli/main')).program(world))[0] ?? {
    commands: [],
    flags: [],
  };
  expect(commands.map(({ word }) => word)).toEqual(
    expect.arrayContaining(['up', 'down', 'doctor', 'manage']),
  );
  for (const { word } of [...commands, ...flags]) expect(world.output()).toContain(word.replace(/^--?/, ''));
  for (const { name } of world.environments) expect(world.output()).toContain(name);
});

test('another shell is refused, with those that are known', async () => {
  const world = fakeWorld();
  expect(await world.coped('completion', 'tcsh')).toBe(2);
  expect(world.errors()).toContain('bash, zsh, fish');
});
