import { clusterOf, environmentNamed } from '../cluster/environment';
import { manageInPod } from '../manage/manage-in-pod';
import type { Add } from '.';
import { contextOption, environmentArgument, examples } from './common';

export const manage: Add = (program, world) => {
  program
    .command('manage')
    .summary("run one of Django's management commands")
    .description(
      "Runs a management command in a pod of its own that is like web's: same image, configuration and rights. " +
        'It reads and writes rows, but does not own tables: to migrate there is `npx coped migrate`. ' +
        'The terminal is attached if there is one; the pod is removed at the end.',
    )
    .addArgument(environmentArgument(world))
    .argument('<command...>', 'what stands after `python manage.py`')
    .addOption(contextOption())
    .addHelpText(
      'after',
      examples(
        ['npx coped manage development -- createsuperuser', 'asks for a name and a password'],
        ['npx coped manage production -- shell', "Django's shell"],
        ['npx coped manage production -- search_index --help', 'options go after the two dashes'],
        [
          'npx coped manage staging -- dumpdata projects > projects.json',
          'only its own output is on standard output',
        ],
        ['npx coped manage staging -- shell < script.py', 'standard input is passed on'],
      ),
    )
    .action(async (name: string, words: string[], { context }: { context?: string }) => {
      const environment = environmentNamed(world, name);
      const kubectl = await clusterOf(world, environment, context);
      await manageInPod(world, kubectl, name, words);
    });
};
