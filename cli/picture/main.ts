import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Problems } from '../../checker/problems';
import { RefusedError } from '../terminal/errors';
import { headingBetween, summary } from './drawing/heading';
import { mermaid } from './drawing/mermaid';
import { draw } from './drawing/svg';
import { graphBetween, graphNow, pictures } from './pictures';

const HELP = `Draws environments: tiers, components, who may call whom, at which port. Asks no cluster.

  npm run picture                                   docs/pictures/<environment>.svg, for every environment
  npm run picture -- production                     the same for one of them
  npm run picture -- production --from v1.0.0       what changes from dist/production of any commit, branch or tag of Git
                                                    to the sources now, as difference-production.svg
  npm run picture -- production --from v1.0.0 --to v1.1.0      between two of them
  npm run picture -- production --from main --mermaid          as text that GitHub draws, for a pull request

  --output <file>    write there instead
  --mermaid          print Mermaid instead of writing SVG

Exit code 0: it is drawn. 2: it is not, and why.
`;

const HOUSE = join(__dirname, '..', '..');

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      mermaid: { type: 'boolean' },
      output: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
    allowPositionals: true,
  });
  const { from, to, output } = values;
  if (values.help) return console.log(HELP);
  const [name, ...more] = positionals;
  if (more.length > 0) throw new RefusedError('Name one environment, or none for all');
  if (to !== undefined && from === undefined) throw new RefusedError('--to needs --from: name both refs');
  if (name === undefined && (from !== undefined || output !== undefined || values.mermaid)) {
    throw new RefusedError(`Name one environment: npm run picture -- <${names.join(' | ')}> …`);
  }
  if (name === undefined) {
    for (const { path, text } of pictures) write(join(HOUSE, path), await text(), path);
    return;
  }
  const graph = from === undefined ? graphNow(name) : graphBetween(name, from, to);
  if (values.mermaid) {
    if (from !== undefined) console.log(`**${name}, ${from} → ${to ?? 'now'}**: ${summary(graph)}\n`);
    return console.log(mermaid(graph));
  }
  if (from !== undefined) {
    const file = output ?? `difference-${name}.svg`;
    return write(file, await draw(graph, headingBetween(graph, from, to)), file);
  }
  const picture = pictures.find((one) => one.name === name);
  const file = output ?? join(HOUSE, picture?.path ?? '');
  write(file, (await picture?.text()) ?? '', output ?? picture?.path ?? '');
}

const names = pictures.map(({ name }) => name);

function write(file: string, svg: string, path: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, svg);
  console.log(path);
}

/** When it is done, for who runs it in a process that goes on. */
export const ended = main().catch((error: Error) => {
  // Arguments that do not exist come as a TypeError with a code; settings that do not fit come with their places.
  const known = error instanceof RefusedError || error instanceof Problems;
  console.error(known ? error.message : `${error.message}\nSee npm run picture -- --help`);
  process.exitCode = 2;
});
