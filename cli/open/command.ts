import type { Addresses } from '../laptop/addresses';
import { type AddCommand, contextOption, examples, optionalEnvironmentArgument } from '../options';
import type { World } from '../world';

export const open: AddCommand = (program, world) => {
  program
    .command('open')
    .summary('Open the site in a browser, or print its address')
    .description(
      'Opens the site of an environment in your browser, where there is one and standard output is a terminal; prints the address ' +
        'in any case. Without an environment it is the local one.',
    )
    .addArgument(optionalEnvironmentArgument(world))
    .addOption(contextOption())
    .option('--print', 'only print the address')
    .addHelpText(
      'after',
      examples(
        ['npx coped open', 'the site on this machine'],
        ['npx coped open production', 'the site of production'],
        ['curl "$(npx coped open staging --print)"', 'its address, for a script'],
      ),
    )
    .action(async (name: string, options: { context?: string; print?: boolean }) => {
      const { terminal, execute, browser } = world;
      const { tunnel, addresses } = await siteOf(world, name, options.context);
      const [site] = addresses;
      if (tunnel) terminal.say(`Leave this running:\n  ${tunnel}`);
      terminal.print(site?.url ?? '');
      if (options.print || !browser || !terminal.interactive || !terminal.bytes.isTTY) return;
      // Whether it works or not: the address is printed.
      await execute(browser, [site?.url ?? ''], { within: 10 }).catch(() => {});
    });
};

async function siteOf(world: World, name: string, context?: string): Promise<Addresses> {
  const { contextOf, environmentNamed } = await import('../cluster/environment');
  const environment = environmentNamed(world, name);
  if (environment.kind === 'hosted') {
    return { addresses: [{ url: `https://${environment.host}`, what: 'the site' }] };
  }
  const { leaving } = await import('../cluster/namespace-deletion');
  const { addressesOf } = await import('../laptop/addresses');
  const kubectl = await contextOf(world, environment, context);
  // The address is printed also where the cluster does not answer.
  const going = await leaving(kubectl, world.now()).catch(() => undefined);
  if (going) world.terminal.say(`${going.reason}\n  ${going.next}`);
  return addressesOf(world, kubectl.context, environment);
}
