import { Option } from 'commander';
import { environmentNamed } from '../cluster/environment';
import { BUILDER_NAMES } from '../laptop/builders';
import { up as bringUp, type Wishes } from '../laptop/up';
import type { Add } from '.';
import { contextOption, examples, localEnvironmentArgument } from './common';

export const up: Add = (program, world) => {
  program
    .command('up')
    .summary('bring an environment up on this machine')
    .description(
      'From nothing to a site that answers: makes a kind cluster if there is no local one and meanwhile builds the images ' +
        'of app/, loads them, applies the sources, waits until everything serves, and prints the addresses. What is there ' +
        'already is left alone: an image is built again when its folder has changed, and only its servers restart.',
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
      const outcome = await bringUp(world, environmentNamed(world, name), wishes);
      if (json) return world.terminal.print(JSON.stringify(outcome, null, 2));
      const { restarted, tunnel, addresses } = outcome;
      if (restarted.length > 0) world.terminal.say(`restarted with another image: ${restarted.join(', ')}`);
      if (tunnel) world.terminal.print(`Leave this running:\n  ${tunnel}\nThen:`);
      for (const { url, what } of addresses) world.terminal.print(`${url}   ${what}`);
    });
};
