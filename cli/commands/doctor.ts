import { environmentNamed } from '../cluster/environment';
import { doctor as examine, type Scope } from '../doctor/doctor';
import { fineOrNot, report } from '../doctor/report';
import type { Add } from '.';
import { contextOption, environmentArgument, examples } from './common';

export const doctor: Add = (program, world) => {
  program
    .command('doctor')
    .summary('look whether everything is there that COPED needs')
    .description(
      'Looks at the tools of this machine, at memory and ports, and at the cluster: its version, storage class, ingress ' +
        'class, room, and whether its network enforces policies. That last one is tried, not guessed: two pods in a ' +
        'namespace of their own, which is removed again. Nothing else is touched.',
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
