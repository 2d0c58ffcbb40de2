import { type AddCommand, examples } from '../options';

export const report: AddCommand = (program, world) => {
  program
    .command('report')
    .summary('Write a page about all environments')
    .description(
      'Writes one HTML file for a browser: environments side by side, allowed connections, what they take, ' +
        'what is checked, and every object with its YAML. The file needs nothing else, and no value of a secret ' +
        'is in it. Asks no cluster.',
    )
    .option('--out <file>', 'where to write it', 'report.html')
    .addHelpText(
      'after',
      examples(
        ['npx coped report', 'report.html in this folder'],
        ['npx coped report --out /tmp/coped.html', 'somewhere else'],
      ),
    )
    .action(async ({ out }: { out: string }) => {
      const { page } = await import('./page');
      const { picturesOf, seenNow } = await import('./seen');
      const { unwritable } = await import('../terminal/unwritable');
      const { writeNamedFile } = await import('../write-file');
      const seen = seenNow(world.root);
      const text = page(seen, await picturesOf(seen));
      try {
        await writeNamedFile(out, text);
      } catch (error) {
        throw unwritable(`${out} cannot be written`, error as Error);
      }
      world.terminal.print(`${out}: ${Math.ceil(Buffer.byteLength(text) / 1000)} KB. Open it in a browser.`);
    });
};
