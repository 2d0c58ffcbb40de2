import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fakeWorld } from '../cli/fake-world';
import { kept } from './keepers';

/** Placeholders of the pages. */
const NAMES: Readonly<Record<string, string>> = {
  '<environment>': 'production',
  '<dump>': 'coped-20260101T023000Z.dump',
  '<name>': 'coped-20260101T023000Z.dump',
  '…': 'check',
};
const wordsOf = (text: string): string[] =>
  text
    .replace(/^(npx )?coped /, '')
    .replaceAll(/<\w+>|…/g, (name) => NAMES[name] ?? name)
    .split(' ');

/** The program itself, with a terminal, on a machine that has no other program. */
async function typed(text: string): Promise<{ code: number; said: string }> {
  const world = fakeWorld().atTerminal();
  return { code: await world.coped(...wordsOf(text)), said: world.errors() };
}

test.each(kept('coped'))('%s is accepted, and starts', async (text) => {
  const { code, said } = await typed(text);
  // It got as far as another program, or the reader's own file, and that is missing.
  if (code !== 0) expect(said).toMatch(/no answer to|\.env\.prod cannot be read/);
});

test('steps of the end-to-end suite run every subcommand of the pages on a cluster', () => {
  const folder = join(__dirname, '..', 'e2e', 'cli');
  const steps = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(join(folder, path), 'utf8'))
    .join('\n');
  const subcommands = new Set(kept('coped').map((text) => wordsOf(text)[0] as string));
  for (const word of ['--help', 'help', 'completion']) subcommands.delete(word);
  const tried = (name: string) => steps.includes(`['${name}'`) || steps.includes(`cli/${name}/${name}'`);
  expect([...subcommands].filter((name) => !tried(name))).toEqual([]);
});
