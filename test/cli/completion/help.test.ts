import { program } from '../../../cli/main';
import { fakeWorld } from '../fake-world';

const all = program(fakeWorld())
  // Only the scripts of `coped completion` use it.
  .commands.filter((command) => command.name() !== 'complete')
  .map((command) => [command.name(), command] as const);

/** What `--help` prints. */
async function helpOf(name: string): Promise<string> {
  const world = fakeWorld();
  expect(await world.coped(...[name, '--help'].filter(Boolean))).toBe(0);
  return world.output();
}

/** The commands under "Examples", without pipes and redirections. */
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

describe.each(all)('coped %s', (name, command) => {
  test('has a summary and a description', () => {
    expect(command.summary()).toMatch(/^[A-Z].{8,75}[^.]$/);
    expect(command.description()).toMatch(/^[A-Z].{60,}\.$/s);
  });

  test('has examples that are valid commands', async () => {
    const examples = examplesIn(await helpOf(name));
    expect(examples.length).toBeGreaterThan(0);
    for (const words of examples) {
      let ran = '';
      const coped = program(fakeWorld());
      for (const one of coped.commands) {
        one.action(() => {
          ran = one.name();
        });
      }
      await coped.parseAsync(words, { from: 'user' });
      expect(ran).toBe(name);
    }
  });
});

test.each(['', ...all.map(([name]) => name)])('coped %s --help fits 80 columns', async (name) => {
  expect((await helpOf(name)).split('\n').filter((line) => line.length > 80)).toEqual([]);
});
