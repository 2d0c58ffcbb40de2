import { environmentNamed } from '../cluster/environment';
import { type AddCommand, contextOption, environmentArgument, examples } from '../options';
import { doctor as examine, type Scope } from './doctor';
import { fineOrNot, report } from './report';

export const doctor: AddCommand = (program, world) => {
  program
    .command('doctor')
    .summary('Check this machine and the cluster')
    .description(
      'Checks the tools of this machine, memory and ports, and the cluster: its version, storage class, ingress class, free ' +
        'resources, and whether its network enforces policies. The last one is tried with two pods in a namespace of their own, ' +
        'which is removed again. Nothing else is touched.',
    )
    .addArgument(environmentArgument(world).argOptional().default(world.environments[0]?.name))
    .addOption(contextOption())
    .option('--no-canary', 'make no pods; whether policies are enforced is not known then')
    .option('--json', 'print the findings for a script')
    .addHelpText(
      'after',
      examples(
        ['npx coped doctor', 'this machine, and the cluster for development'],
        ['npx coped doctor production', "production's cluster, before the first deploy"],
        ['npx coped doctor --no-canary --json', 'a quick look, for a script'],
      ),
    )
    .action(async (name: string, { json, ...scope }: Scope & { json?: boolean }) => {
      const findings = await examine(world, environmentNamed(world, name), scope);
      report(world.terminal, findings, json);
      fineOrNot(findings);
    });
};
