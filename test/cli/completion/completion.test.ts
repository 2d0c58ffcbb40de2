import { spawnSync } from 'node:child_process';
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

/** What each shell defines before the script, and what it runs after it, as when the tab key is pressed. */
const SHELLS = {
  bash: [
    `coped() { echo "$*" >&2; printf 'staging\\tabout it\\n'; }`,
    `COMP_WORDS=(coped deploy st); COMP_CWORD=2; _coped; echo "\${COMPREPLY[*]}"`,
  ],
  zsh: [
    `compdef() {}; _describe() { for w in \${(P)2}; do print -r -- \${w%%:*}; done }; coped() { printf 'staging\\tabout it\\n'; }`,
    `words=(coped deploy st); CURRENT=3; _coped`,
  ],
  fish: [`function coped; printf 'staging\\tabout it\\n'; end`, `complete -C 'coped deploy st'`],
};

test.each(Object.entries(SHELLS))('the script for %s offers what coped answers', async (shell, [
  before,
  after,
]) => {
  const world = fakeWorld();
  await ends(world, `completion ${shell}`, 0);
  const script = [before, world.output(), after].join('\n');
  const { stdout, error } = spawnSync(shell, ['-c', script], { encoding: 'utf8' });
  // Not every machine has all shells.
  if (!error) expect(stdout.split('\t')[0]?.trim()).toBe('staging');
});

test('refuses another shell, and names those that are supported', () =>
  ends(fakeWorld(), 'completion tcsh', 2, 'bash, zsh, fish'));
