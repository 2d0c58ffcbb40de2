import { type AddCommand, byDefault, contextOption, environmentArgument, examples } from '../options';
import type { Terminal } from '../terminal';
import { CliError } from '../terminal/errors';
import type { Scope } from './doctor';
import type { Finding, Level } from './finding';

export const doctor: AddCommand = (program, world) => {
  program
    .command('doctor')
    .summary('Check this machine and the cluster')
    .description(
      'Checks the tools of this machine, memory and ports, and the cluster: its version, storage class, ingress class, free ' +
        'resources, and whether its network enforces policies. The last one is tried with two pods in a namespace of their own, ' +
        'which is removed again. Nothing else is touched.\n\n' +
        'With --application, it starts each program of the application once instead, on a cluster of this machine, which is made if there is ' +
        'none: in the namespace coped-doctor with servers of its own, and with the restrictions that every pod has. It says what ' +
        'does not fit, and removes the namespace again.',
    )
    .addArgument(byDefault(environmentArgument(world).argOptional(), () => world.environments[0]?.name))
    .addOption(contextOption())
    .option('--no-canary', 'make no pods; whether policies are enforced is not known then')
    .option('--application', "start each of the application's programs once")
    .option('--json', 'print the findings for a script')
    .addHelpText(
      'after',
      examples(
        ['npx coped doctor', 'this machine, and the cluster for development'],
        ['npx coped doctor production', "production's cluster, before the first deploy"],
        ['npx coped doctor development --application', 'whether your own application can run'],
        ['npx coped doctor --no-canary --json', 'a quick look, for a script'],
      ),
    )
    .action(async (name: string, { json, application, ...scope }: Options) => {
      const { environmentNamed } = await import('../cluster/environment');
      const { tryApplication } = await import('./application/application');
      const { doctor: examine } = await import('./doctor');
      const environment = environmentNamed(world, name);
      const findings = application
        ? await tryApplication(world, environment, scope.context)
        : await examine(world, environment, scope);
      report(world.terminal, findings, json);
      fineOrNot(findings);
      if (application) world.terminal.say(`All its programs start. Now the whole site: npx coped up ${name}`);
    });
};

interface Options extends Scope {
  readonly application?: true;
  readonly json?: boolean;
}

const COLOURS = { ok: 'green', warning: 'yellow', problem: 'red' } as const;
const WIDTH = 'warning'.length;

const count = (findings: readonly Finding[], wanted: Level): number =>
  findings.filter(({ level }) => level === wanted).length;

/** One line for each finding, and what to do below those that are not ok. */
function report(terminal: Terminal, findings: readonly Finding[], json = false): void {
  if (json) {
    terminal.print(JSON.stringify({ fine: count(findings, 'problem') === 0, findings }, null, 2));
    return;
  }
  for (const { about, level, found, said = [], next } of findings) {
    const mark = terminal.paintResult(COLOURS[level], level.padEnd(WIDTH));
    terminal.print(`${mark}  ${about}: ${found}`);
    for (const line of said) terminal.print(`${' '.repeat(WIDTH)}  | ${line}`);
    if (next) terminal.print(`${' '.repeat(WIDTH)}  → ${next}`);
  }
}

/** @throws CliError if there is a problem */
function fineOrNot(findings: readonly Finding[]): void {
  const problems = count(findings, 'problem');
  if (problems === 0) return;
  throw new CliError(
    problems === 1 ? '1 problem' : `${problems} problems`,
    'Fix the first problem, then run it again',
  );
}
