import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { parse } from 'yaml';
import { SCRIPT } from '../../../cli/dev/copy';
import { eachLine } from '../../../cli/dev/logs';
import { folderWith, runAgent, save } from './folders';

interface Scenario {
  readonly there: Readonly<Record<string, string | null>>;
  readonly orders?: readonly (object | string)[];
  /** Runs before the agent, after disturb.py. */
  readonly before?: string;
}
const scenarios: Readonly<Record<string, Scenario & { readonly each?: readonly string[] }>> = parse(
  readFileSync(join(__dirname, 'agent.yaml'), 'utf8'),
);

/** Sends orders to an agent for a folder. @returns all that it said */
async function order(folder: string, orders: Scenario['orders'] = [], before = ''): Promise<object[]> {
  const said: object[] = [];
  const input = new PassThrough();
  const { ended } = runAgent(`${before}\n${SCRIPT}`, folder, {
    input,
    output: eachLine((line) => said.push(JSON.parse(line))),
  });
  for (const one of orders) {
    const isOrder = !(typeof one === 'string' || Buffer.isBuffer(one));
    input.write(isOrder ? `${JSON.stringify({ id: 1, write: [], link: [], delete: [], ...one })}\n` : one);
  }
  input.end();
  const { code, stderr } = await ended;
  if (code !== 0) throw new Error(stderr);
  return said;
}

function put(folder: string, there: Scenario['there']): void {
  for (const [path, text] of Object.entries(there)) {
    if (text === null) mkdirSync(join(folder, path));
    else if (text === '|') spawnSync('mkfifo', [join(folder, path)]);
    else if (text.startsWith('-> ')) symlinkSync(text.slice(3), join(folder, path));
    else save(folder, { [path]: text });
  }
}

/** Everything below a folder, a line each. */
const listed = (folder: string, below = ''): string[] =>
  readdirSync(join(folder, below))
    .sort()
    .flatMap((name) => {
      const path = join(below, name);
      const stats = lstatSync(join(folder, path));
      if (stats.isSymbolicLink()) return `${path} -> ${readlinkSync(join(folder, path))}`;
      if (stats.isFIFO()) return `${path}|`;
      if (stats.isDirectory()) return [`${path}/`, ...listed(folder, path)];
      return `${path}${stats.mode & 0o100 ? '*' : ''}: ${readFileSync(join(folder, path), 'utf8')}`;
    });

const cases = Object.entries(scenarios).flatMap(([title, { each = [''], ...scenario }]) =>
  each.map((path): [string, Scenario] => [
    title.replace('PATH', path),
    JSON.parse(JSON.stringify(scenario).replaceAll('PATH', path)),
  ]),
);

const DISTURB = readFileSync(join(__dirname, 'disturb.py'), 'utf8');

test.each(cases)('%s', async (_, { there, orders, before = '' }) => {
  const outside = folderWith({});
  mkdirSync(join(outside, 'pod'));
  put(join(outside, 'pod'), there);
  const said = await order(join(outside, 'pod'), orders, `${DISTURB}\n${before}`);
  expect([...said, listed(outside).join('\n')]).toMatchSnapshot();
});

test('writes every byte of a big file', async () => {
  const folder = folderWith({});
  const big = randomBytes(5 * 1024 ** 2);
  await order(folder, [{ write: [['big', big.length, 0o644]] }, big]);
  expect(readFileSync(join(folder, 'big')).equals(big)).toBe(true);
});
