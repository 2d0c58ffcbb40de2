import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as util from 'node:util';
import { transform } from 'sucrase';

const ROOT = join(__dirname, '..');

export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Circumstances {
  /** The folder in which it is started; where the tests are, if absent. */
  readonly folder?: string;
  /** The checkout that it takes for its own: it writes there. */
  readonly root?: string;
  /** Modules that it gets instead of those of these names. */
  readonly instead?: Readonly<Record<string, object>>;
}

/**
 * Runs a script of `package.json` in this process, with the modules that are loaded already: a process of its own takes a
 * second, most of it to load them. A script that does something after its first turn exports that as `ended`.
 */
export async function script(
  path: string,
  words: readonly string[],
  { folder = process.cwd(), root = ROOT, instead = {} }: Circumstances = {},
): Promise<Ended> {
  const file = join(ROOT, path);
  const { code } = transform(readFileSync(file, 'utf8'), {
    transforms: ['typescript', 'imports'],
    filePath: file,
  });
  const run = new Function('require', 'exports', '__dirname', code);
  // parseArgs reads the words of the real process, which is not what `process` means in a test.
  const parseArgs = (config: object) => util.parseArgs({ args: [...words], ...config });
  const given: Circumstances['instead'] = { 'node:util': { ...util, parseArgs }, ...instead };
  const load = (name: string) =>
    given[name] ?? require(name.startsWith('.') ? join(dirname(file), name) : name);
  const said = { stdout: '', stderr: '' };
  const before = { folder: process.cwd(), argv: process.argv };
  const spies = (['log', 'error'] as const).map((method) =>
    jest.spyOn(console, method).mockImplementation((...texts) => {
      said[method === 'log' ? 'stdout' : 'stderr'] += `${texts.join(' ')}\n`;
    }),
  );
  process.chdir(folder);
  process.argv = [process.execPath, file, ...words];
  process.exitCode = undefined;
  try {
    const exported: { ended?: Promise<unknown> } = {};
    run(load, exported, join(root, dirname(path)));
    await exported.ended;
    return { status: Number(process.exitCode ?? 0), ...said };
  } finally {
    process.chdir(before.folder);
    process.argv = before.argv;
    process.exitCode = undefined;
    for (const spy of spies) spy.mockRestore();
  }
}
