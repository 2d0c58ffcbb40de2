import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type AddCommand, environmentArgument, examples } from '../options';
import { RefusedError } from '../terminal/errors';
import type { World } from '../world';

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly mermaid?: boolean;
  readonly output?: string;
}

export const picture: AddCommand = (program, world) => {
  program
    .command('picture')
    .summary('Draw environments, and what changes in them')
    .description(
      'Draws an environment: tiers, components, and the connections between them with their ports. Without a name it draws every environment, into ' +
        'docs/pictures; with --from what changes from dist/ of a commit, branch or tag of Git to the sources now. Asks no cluster.',
    )
    .addArgument(environmentArgument(world).argOptional())
    .option('--from <ref>', 'draw what has changed since this commit, branch or tag')
    .option('--to <ref>', 'until this one')
    .option('--mermaid', 'print Mermaid instead of writing SVG')
    .option('--output <file>', 'write there instead')
    .addHelpText(
      'after',
      examples(
        ['npx coped picture production', 'docs/pictures/production.svg'],
        ['npx coped picture production --from v1.0.0', 'what changes since v1.0.0'],
        ['npx coped picture production --from main --mermaid', 'for a pull request'],
      ),
    )
    .action((name: string | undefined, options: Options) => drawPictures(world, name, options));
};

async function drawPictures(world: World, name: string | undefined, options: Options): Promise<void> {
  const { terminal, root } = world;
  const { from, to, output, mermaid } = options;
  if (to !== undefined && from === undefined) {
    throw new RefusedError('--to requires --from', 'Name both commits, branches or tags');
  }
  if (name === undefined && Object.keys(options).length > 0) {
    throw new RefusedError(
      'these options require an environment',
      'Name one: npx coped picture <environment> …',
    );
  }
  const { graphBetween, graphNow, pictures } = await import('./pictures');
  const { draw } = await import('./drawing/svg');
  const { headingBetween, summary } = await import('./drawing/words');
  const { unwritable } = await import('../terminal/unwritable');
  const { writeNamedFile } = await import('../write-file');
  const write = async (file: string, svg: string, path: string) => {
    try {
      mkdirSync(dirname(file), { recursive: true });
      await writeNamedFile(file, svg);
    } catch (error) {
      throw unwritable(`${path} cannot be written`, error as Error);
    }
    terminal.print(path);
  };
  const own = pictures.filter((one) => name === undefined || one.name === name);
  if (from === undefined && !mermaid) {
    for (const { path, text } of own) await write(output ?? join(root, path), await text(), output ?? path);
    return;
  }
  if (name === undefined) return;
  const graph = from === undefined ? graphNow(name) : graphBetween(root, name, from, to);
  if (mermaid) {
    const { mermaid: asMermaid } = await import('./drawing/mermaid');
    if (from !== undefined) terminal.print(`**${name}, ${from} → ${to ?? 'now'}**: ${summary(graph)}\n`);
    return terminal.print(asMermaid(graph));
  }
  const file = output ?? `difference-${name}.svg`;
  await write(file, await draw(graph, headingBetween(graph, from ?? '', to)), file);
}
