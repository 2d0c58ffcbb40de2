import { type AddCommand, contextOption, examples, optionalEnvironmentArgument } from '../options';
import type { LogOptions } from './logs';

export const logs: AddCommand = (program, world) => {
  program
    .command('logs')
    .summary('Print the logs of a component')
    .description(
      'Prints the last lines of the logs of all pods of a component, or of all components, with the name of the pod before each line. ' +
        'Without an environment it is the local one. Changes nothing.',
    )
    // What is no environment is a component: `coped logs web`.
    .addArgument(optionalEnvironmentArgument(world).argParser((typed: string) => typed))
    .argument('[component]', 'component, such as web; all of them by default')
    .option('-f, --follow', 'print what comes, until ctrl-C')
    .option('--tail <lines>', 'lines of each container', '50')
    .option('--since <time>', 'only what is newer, such as 10m or 2h')
    .addOption(contextOption())
    .addHelpText(
      'after',
      examples(
        ['npx coped logs', 'of everything in the local environment'],
        ['npx coped logs web -f', 'of web, until ctrl-C'],
        ['npx coped logs production api --since 10m', 'of the last ten minutes in production'],
      ),
    )
    .action(
      async (
        first: string,
        second: string | undefined,
        { context, ...options }: LogOptions & { context?: string },
      ) => {
        const { clusterOf, environmentNamed } = await import('../cluster/environment');
        const { componentNamed, printLogs } = await import('./logs');
        const names = world.environments.map(({ name }) => name);
        const isComponent = second === undefined && !names.includes(first);
        const local = world.environments.find(({ kind }) => kind === 'local')?.name ?? '';
        const environment = environmentNamed(world, isComponent ? local : first);
        const component = componentNamed(environment, isComponent ? first : second);
        await printLogs(world, await clusterOf(world, environment, context), component, options);
      },
    );
};
