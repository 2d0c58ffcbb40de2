import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { run } from '../../cli/main';
import { Terminal } from '../../cli/terminal';
import { fakeWorld } from '../cli/fake-world';
import { kept } from './all-commands';

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
  const world = fakeWorld();
  const stream = () => Object.assign(new PassThrough(), { isTTY: true });
  const errors = stream();
  let said = '';
  errors.on('data', (chunk) => {
    said += chunk;
  });
  const terminal = new Terminal({ input: stream(), output: stream(), errors });
  return { code: await run(wordsOf(text), { ...world, terminal }), said };
}

test.each(kept('coped'))('%s is accepted, and starts', async (text) => {
  const { code, said } = await typed(text);
  // It got as far as another program, or the reader's own file, and that is missing.
  if (code !== 0) expect(said).toMatch(/no answer to|\.env\.prod cannot be read/);
});

test.each([
  ['npx coped deply production', /unknown command 'deply'/],
  ['npx coped deploy prod', /'prod' is invalid/],
  ['npx coped deploy production --undo', /unknown option '--undo'/],
  ['npx coped restore production', /restore what/],
  ['npx coped secrets production rotate', /rotate needs a COMPONENT/],
])('%s would not be', async (text, message) => {
  const { code, said } = await typed(text);
  expect(code).toBe(2);
  expect(said).toMatch(message);
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
