import { type AddCommand, contextOption, examples, optionalEnvironmentArgument } from '../options';

export const shell: AddCommand = (program, world) => {
  program
    .command('shell')
    .summary("Open Django's shell in a pod")
    .description(
      "Opens Django's Python shell in a pod of its own, with the image, configuration and rights of web; the pod is removed at the " +
        'end. The same as `npx coped manage <environment> -- shell`. Without an environment it is the local one.',
    )
    .addArgument(optionalEnvironmentArgument(world))
    .addOption(contextOption())
    .addHelpText(
      'after',
      examples(
        ['npx coped shell', 'in the local environment'],
        ['npx coped shell production', 'in production'],
        ['npx coped shell staging < script.py', 'runs a script'],
      ),
    )
    .action(async (name: string, { context }: { context?: string }) => {
      const { clusterOf, environmentNamed } = await import('../cluster/environment');
      const { manageInPod } = await import('../manage/manage-in-pod');
      const environment = environmentNamed(world, name);
      const kubectl = await clusterOf(world, environment, context);
      await manageInPod({ world, kubectl, environment }, ['shell']);
    });
};
