import { Option } from 'commander';
import { BUILDER_NAMES } from '../laptop/images/builders';
import { type AddCommand, contextOption, examples, localEnvironmentArgument } from '../options';
import type { Wishes } from './up';

export const up: AddCommand = (program, world) => {
  program
    .command('up')
    .summary('Start an environment on this machine')
    .description(
      'From nothing to a running site: creates a kind cluster if there is no local one and meanwhile builds the images of app/, ' +
        'loads them, applies the sources, waits until everything is ready, and prints the addresses. What is there already is ' +
        'left alone: an image is built again when its folder has changed, and only its servers restart.',
    )
    .addArgument(localEnvironmentArgument(world))
    .addOption(contextOption())
    .addOption(
      new Option('--builder <name>', 'what builds the images; the first that works if not given').choices(
        BUILDER_NAMES,
      ),
    )
    .option('--build', 'build and load although nothing has changed')
    .option('--json', 'print what was done, for a script')
    .addHelpText(
      'after',
      examples(
        ['npx coped up', 'development, on the local cluster; makes one if there is none'],
        ['npx coped up --build', 'after a change outside app/, such as a newer base image'],
        ['npx coped up --context minikube --builder podman', 'says where, and with what'],
      ),
    )
    .action(async (name: string, { json, ...wishes }: Wishes & { json?: boolean }) => {
      const { environmentNamed } = await import('../cluster/environment');
      const { up: bringUp } = await import('./up');
      const outcome = await bringUp(world, environmentNamed(world, name), wishes);
      if (json) return world.terminal.print(JSON.stringify(outcome, null, 2));
      const { restarted, tunnel, addresses } = outcome;
      if (restarted.length > 0) world.terminal.say(`restarted with another image: ${restarted.join(', ')}`);
      if (tunnel) world.terminal.print(`Leave this running:\n  ${tunnel}\nThen:`);
      for (const { url, what } of addresses) world.terminal.print(`${url}   ${what}`);
    });
};
