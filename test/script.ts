import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transform } from 'sucrase';

/**
 * Runs a script of this repository in this process, with the modules that are loaded already: a process of its own takes a
 * second, most of it to load them.
 * @param folder where it is started, and where it is thought to be
 * @param instead modules that it gets in place of those of these names
 */
export async function script(
  path: string,
  words: readonly string[],
  { folder, instead }: { folder: string; instead: Readonly<Record<string, object>> },
) {
  const file = join(__dirname, '..', path);
  const transforms: ('typescript' | 'imports')[] = ['typescript', 'imports'];
  const { code } = transform(readFileSync(file, 'utf8'), { transforms, filePath: file });
  const run = new Function('require', 'exports', '__dirname', code);
  const load = (name: string) =>
    instead[name] ?? require(name.startsWith('.') ? join(dirname(file), name) : name);
  const said = { stdout: '', stderr: '' };
  const before = { folder: process.cwd(), argv: process.argv };
  const spies = (['log', 'error'] as const).map((method) =>
    jest.spyOn(console, method).mockImplementation((...texts) => {
      said[method === 'log' ? 'stdout' : 'stderr'] += `${texts.join(' ')}\n`;
    }),
  );
  // What a script ends with; here, others come after it.
  const exit = jest.spyOn(process, 'exit').mockImplementation();
  process.chdir(folder);
  process.argv = [process.execPath, file, ...words];
  process.exitCode = undefined;
  try {
    run(load, {}, folder);
    return { status: Number(process.exitCode ?? 0), ...said };
  } finally {
    process.chdir(before.folder);
    process.argv = before.argv;
    process.exitCode = undefined;
    for (const spy of [...spies, exit]) spy.mockRestore();
  }
}
