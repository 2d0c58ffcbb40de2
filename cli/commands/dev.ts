import { type DevOptions, dev as develop } from '../dev/dev';
import type { Add } from '.';
import { contextOption, examples, localEnvironmentArgument } from './common';

export const dev: Add = (program, world) => {
  program
    .command('dev')
    .summary('serve every saved file at once, without building an image')
    .description(
      'Copies what you save in app/django and app/dashboards/notebooks into the running pods, and says when it is served. ' +
        'It begins with everything that differs, and a pod that is replaced gets it again. ' +
        'It needs nothing but kubectl, so it works on every local cluster. Logs of the servers go to standard output. ' +
        'Ctrl-C ends it with exit code 0; through npx the shell may see 130.',
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
    .action((name: string, options: DevOptions) => develop(world, name, options));
};
