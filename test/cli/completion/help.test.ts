import type { Command } from 'commander';
import { program } from '../../../cli/main';
import { fakeWorld } from '../fake-world';

/** Every command of `coped`, however deep, that does something. */
const leaves = (command: Command): Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);

const nameOf = (command: Command): string =>
  [command.parent?.parent ? nameOf(command.parent) : '', command.name()].filter(Boolean).join(' ');

const all = leaves(program(fakeWorld()))
  // Asked by the scripts of `coped completion`, and by nothing else.
  .filter((command) => command.name() !== 'complete')
  .map((command) => [nameOf(command), command] as const);

/** What `--help` prints, all of it. */
async function helpOf(name: string): Promise<string> {
  const world = fakeWorld();
  expect(await world.coped(...name.split(' '), '--help')).toBe(0);
  return world.output();
}

/** The commands under "Examples", without what the shell would do with them. */
const examplesIn = (help: string): string[][] =>
  (help.split('\nExamples:\n')[1] ?? '')
    .split('\n')
    .map((line) => line.trim().split(/ {3,}/)[0] ?? '')
    .flatMap((line) => /^(?:.*\| |watch )?npx coped (.*)$/.exec(line)?.[1] ?? [])
    .map((line) =>
      line
        .replace(/ (?:[<>|]|2>).*$/, '')
        .replace(/[)]$/, '')
        .trim()
        .split(/ +/),
    );

test('there are commands to look at', () => {
  expect(all.map(([name]) => name)).toEqual(expect.arrayContaining(['up', 'down', 'doctor', 'completion']));
});

describe.each(all)('coped %s', (name, command) => {
  test('says in a few words what it does, and in some more what that means', () => {
    expect(command.summary()).toMatch(/^[A-Z].{8,75}[^.]$/);
    expect(command.description()).toMatch(/^[A-Z].{60,}\.$/s);
  });

  test('shows examples, and each can be typed', async () => {
    const examples = examplesIn(await helpOf(name));
    expect(examples.length).toBeGreaterThan(0);
    for (const words of examples) {
      let ran = '';
      const coped = program(fakeWorld());
      for (const leaf of leaves(coped)) {
        leaf.action(() => {
          ran = nameOf(leaf);
        });
      }
      await coped.parseAsync(words, { from: 'user' });
      expect(ran).toBe(name);
    }
  });
});

test.each([
  ['', undefined] as const,
  ...all,
])('coped %s --help fits on a terminal of 80 columns', async (name) => {
  const world = fakeWorld();
  expect(await world.coped(...name.split(' ').filter(Boolean), '--help')).toBe(0);
  expect(
    world
      .output()
      .split('\n')
      .filter((line) => line.length > 80),
  ).toEqual([]);
});

test('an option that does not exist is not swallowed: otherwise the examples would prove nothing', async () => {
  const world = fakeWorld();
  expect(await world.coped('up', '--no-such-option')).toBe(2);
  expect(world.errors()).toContain("unknown option '--no-such-option'");
});
