import { type AddCommand, environmentArgument, examples } from '../options';

interface Options {
  readonly from?: string;
  readonly markdown?: boolean;
}

export const plan: AddCommand = (program, world) => {
  program
    .command('plan')
    .summary('Show what a deploy would do, without a cluster')
    .description(
      'Shows what a deploy would create, change and leave behind, which pods restart and why, data at risk, network opened or ' +
        'closed, privileges gained. It compares the sources with the dist/ of a release; what was changed in the cluster by hand is ' +
        'shown by `npx coped diff`. Writes nothing, asks no cluster.',
    )
    .addArgument(environmentArgument(world))
    .option('--from <ref>', 'commit, branch or tag of Git; by default the last release, or else HEAD')
    .option('--markdown', 'for a pull request')
    .addHelpText(
      'after',
      examples(
        ['npx coped plan production', 'from the last release to the sources now'],
        ['npx coped plan production --from v1.0.0', 'from this release'],
        ['npx coped plan production --markdown', 'for a pull request'],
      ),
    )
    .action(async (name: string, { from, markdown: asMarkdown }: Options) => {
      const { defaultRef } = await import('../dist/committed');
      const { planOf } = await import('./plan');
      const { markdown } = await import('./markdown');
      const { asText } = await import('./text');
      const { terminal } = world;
      const ref = from ?? defaultRef(world.root);
      const found = planOf(world, name, ref);
      terminal.print(asMarkdown ? markdown(found, ref) : asText(found, ref, terminal.paintResult));
    });
};
