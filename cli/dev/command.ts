import { type AddCommand, contextOption, examples, localEnvironmentArgument } from '../options';
import type { DevOptions } from './dev';

export const dev: AddCommand = (program, world) => {
  program
    .command('dev')
    .summary('Serve every saved file at once, without building an image')
    .description(
      'Copies what you save in app/ (of the dashboards, the notebooks) into the running pods, and says when it is served. It ' +
        'begins with everything that differs, and a pod that is replaced gets it again. It needs nothing but kubectl, so it works ' +
        'on every local cluster. Logs of the servers go to standard output. Ctrl-C ends it with exit code 0; ' +
        'through npx the shell may see 130.',
    )
    .addArgument(localEnvironmentArgument(world))
    .option('--no-logs', 'do not follow the logs')
    .addOption(contextOption())
    .addHelpText(
      'after',
      examples(
        ['npx coped dev', 'until ctrl-C'],
        ['npx coped dev --no-logs', 'only what was saved, and when it is served'],
        ['npx coped dev development --context minikube', 'on that cluster'],
      ),
    )
    .action(async (name: string, options: DevOptions) => {
      const { dev: develop } = await import('./dev');
      await develop(world, name, options);
    });
};
