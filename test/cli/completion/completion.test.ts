import { spawnSync } from 'node:child_process';
import { scripts } from '../../../cli/completion/scripts';
import { ends } from '../ends';
import { fakeWorld } from '../fake-world';

/** The words that fit at the end of this command line. */
async function offered(line: string): Promise<string> {
  const world = fakeWorld();
  expect(await world.coped('complete', '--', ...line.split(' '))).toBe(0);
  const lines = world.output().trim().split('\n');
  return lines.map((one) => one.split('\t')[0]).join(' ');
}

test.each([
  ['se', 'secrets'],
  ['deploy ', 'development staging production'],
  ['deploy st', 'staging'],
  ['report --o', '--out'],
  ['logs --follow --con', '--context'],
  ['logs -', '--follow -f --tail --since --context --help -h'],
  ['drill --builder ', 'docker podman buildah'],
  ['drill --builder po', 'podman'],
  ['up --context ', 'kind-coped coped-staging coped-production'],
  ['report --out ', ':files'],
  ['deploy --context coped-staging ', 'development staging production'],
  ['drill --json --builder po', 'podman'],
  ['backup staging ', 'now list fetch'],
  ['backup staging list ', ''],
  ['manage staging -- ', ''],
  ['secrets staging se', 'set'],
  ['nonsense ', ''],
])('completes "coped %s" with "%s"', async (line, expected) => {
  expect(await offered(line)).toBe(expected);
});

test('prints commands with their summaries', async () => {
  const world = fakeWorld();
  await ends(world, 'complete -- ', 0);
  expect(world.output()).toMatch(/^up\tStart an environment on this machine$/m);
});
const has = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0;

describe.each(['bash', 'zsh', 'fish'] as const)('the script for %s', (shell) => {
  test('is what `coped completion` prints', async () => {
    const world = fakeWorld();
    await ends(world, `completion ${shell}`, 0);
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

test('refuses another shell, and names those that are supported', () =>
  ends(fakeWorld(), 'completion tcsh', 2, 'bash, zsh, fish'));
