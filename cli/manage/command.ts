import { type AddCommand, contextOption, environmentArgument, examples } from '../options';

export const manage: AddCommand = (program, world) => {
  program
    .command('manage')
    .summary('Run a Django management command')
    .description(
      'Runs a management command in a pod of its own, with the image, configuration and rights of web. It reads and writes ' +
        'rows, but does not own tables: to migrate, use `npx coped migrate`. The terminal is attached if there is one; the pod is ' +
        'removed at the end.',
    )
    .addArgument(environmentArgument(world))
    .argument(
      '[command...]',
      "what follows `python manage.py`; without it, the application's commands are listed",
    )
    .addOption(contextOption())
    .addHelpText(
      'after',
      examples(
        ['npx coped manage development -- createsuperuser', 'asks for a name and a password'],
        ['npx coped manage production -- shell', "Django's shell"],
        ['npx coped manage production', 'what the application runs at set times, and when'],
        ['npx coped manage production -- migrate --plan', 'options follow the two dashes'],
        [
          'npx coped manage staging -- dumpdata auth.group > groups.json',
          'only its own output is on standard output',
        ],
        ['npx coped manage staging -- shell < script.py', 'standard input is passed on'],
      ),
    )
    .action(async (name: string, words: string[], { context }: { context?: string }) => {
      const { clusterOf, environmentNamed } = await import('../cluster/environment');
      const { commandsOf } = await import('./application-commands');
      const { manageInPod } = await import('./manage-in-pod');
      const environment = environmentNamed(world, name);
      if (words.length === 0) return world.terminal.print(commandsOf(environment));
      const kubectl = await clusterOf(world, environment, context);
      await manageInPod({ world, kubectl, environment }, words);
    });
};
