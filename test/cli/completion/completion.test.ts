import { spawnSync } from 'node:child_process';
import { Argument, Command, Option } from 'commander';
import { candidates } from '../../../cli/completion/candidates';
import { scripts } from '../../../cli/completion/scripts';
import { fakeWorld } from '../fake-world';

/** A program with all kinds of commands, arguments and options. */
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

/** What comes next, in one line. */
function offered(line: string): string {
  const { words, files, contexts } = candidates(sample(), line.split(' ').slice(1));
  const more = [files ? ':files' : '', contexts ? ':contexts' : ''].filter(Boolean);
  return [...words.map(({ word }) => word), ...more].join(' ');
}

test.each([
  ['coped ', 'up secrets'],
  ['coped s', 'secrets'],
  ['coped up ', 'development staging'],
  ['coped up st', 'staging'],
  ['coped up --bu', '--builder --build'],
  ['coped up --builder ', 'docker podman'],
  ['coped up -b po', 'podman'],
  ['coped up --context ', ':contexts'],
  ['coped up --to ', ':files'],
  ['coped up --context kind-coped ', 'development staging'],
  ['coped up --build st', 'staging'],
  ['coped up staging ', 'one two'],
  ['coped up staging one ', 'one two'],
  ['coped up staging -- ', ''],
  ['coped secrets ', 'set check'],
  ['coped secrets set ', ''],
  ['coped nonsense ', ''],
])('completes "%s" with "%s"', (line, expected) => {
  expect(offered(line)).toBe(expected);
});

describe('coped complete', () => {
  const completed = async (...typed: string[]) => {
    const world = fakeWorld();
    expect(await world.coped('complete', '--', ...typed)).toBe(0);
    return world.output();
  };

  test('prints commands with their summaries, and environments', async () => {
    expect(await completed('')).toMatch(/^up\tStart an environment on this machine$/m);
    expect(await completed('deploy', '')).toBe('development\nstaging\nproduction\n');
  });

  test('gets contexts from kubectl, and file names from the shell', async () => {
    expect(await completed('up', '--context', '')).toBe('kind-coped\ncoped-staging\ncoped-production\n');
    expect(await completed('report', '--out', '')).toBe(':files\n');
  });
});

const has = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0;

/** What a shell offers, with a `coped` that answers like this. */
describe.each(['bash', 'zsh', 'fish'] as const)('the script for %s', (shell) => {
  test('is what `coped completion` prints', async () => {
    const world = fakeWorld();
    expect(await world.coped('completion', shell)).toBe(0);
    expect(world.output().trimEnd()).toBe(scripts[shell].trimEnd());
  });

  const ASK = {
    bash: `COMP_WORDS=(coped deploy st); COMP_CWORD=2; _coped; echo "\${COMPREPLY[*]}"`,
    zsh: `words=(coped deploy st); CURRENT=3; _coped`,
    fish: `complete -C 'coped deploy st'`,
  };
  const COPED = {
    bash: `coped() { echo "$*" >&2; printf 'staging\\tabout it\\n'; }`,
    zsh: `compdef() {}; _describe() { for w in \${(P)2}; do print -r -- \${w%%:*}; done }; coped() { printf 'staging\\tabout it\\n'; }`,
    fish: `function coped; printf 'staging\\tabout it\\n'; end`,
  };
  // Not every machine has all shells.
  if (has(shell))
    test('offers what coped answers', () => {
      const script = [COPED[shell], scripts[shell], ASK[shell]].join('\n');
      const { stdout } = spawnSync(shell, ['-c', script], { encoding: 'utf8' });
      expect(stdout.split('\t')[0]?.trim()).toBe('staging');
    });
});

test('refuses another shell, and names those that are supported', async () => {
  const world = fakeWorld();
  expect(await world.coped('completion', 'tcsh')).toBe(2);
  expect(world.errors()).toContain('bash, zsh, fish');
});
