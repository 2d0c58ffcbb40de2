import { Command, CommanderError } from 'commander';
import { Problems } from '../checker/problem';
import { Interrupted } from './cluster/execute';
import { nextAfter } from './cluster/unanswered';
import { commands } from './commands';
import { EXIT, Failure } from './terminal/failure';
import { Unusable } from './terminal/unusable';
import type { World } from './world';

const ABOUT =
  'The day-to-day commands around kubectl. They run your own kubectl, kind, minikube, docker; ' +
  'plain `kubectl apply -f dist/<environment>` goes on working without them.';

const CODES = `
Exit code: 0 it worked, or all is fine; 1 it failed, or something is not fine
or not up; 2 refused, nothing was touched; 130 interrupted by ctrl-C.
Results go to standard output, progress and errors to standard error.`;

/** The command line as it is typed after `coped`. */
export function program(world: World): Command {
  const { output, errors } = world.terminal.streams;
  const coped = new Command('coped')
    .description(ABOUT)
    .addHelpText('after', CODES)
    .helpCommand(false)
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .showHelpAfterError('(add --help for what may stand here)')
    .configureOutput({
      writeOut: (text) => output.write(text),
      writeErr: (text) => errors.write(text),
    })
    .exitOverride();
  for (const add of commands) add(coped, world);
  return coped;
}

/** Runs one command line. @returns its exit code */
export async function run(words: readonly string[], world: World): Promise<number> {
  try {
    await program(world).parseAsync(words, { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.refused;
    if (world.signal.aborted || error instanceof Interrupted) return interrupted(error as Error, world);
    return failed(error as Error, world);
  }
}

function interrupted(error: Error, { terminal }: World): number {
  const text = error instanceof Interrupted && error.message;
  terminal.say(text || 'Interrupted. The same command, run again, takes up where it stopped.');
  return EXIT.interrupted;
}

function failed(error: Error, { terminal }: World): number {
  const cross = terminal.paint('red', '✘');
  if (error instanceof Failure) {
    terminal.say(`${cross} ${error.message}\n  ${error.next}`);
    return error.code;
  }
  terminal.say(`${cross} ${error.message}`);
  if (error instanceof Unusable) return EXIT.refused;
  if (error instanceof Problems) return EXIT.failed;
  terminal.say(`  ${nextAfter(error.message) ?? 'See "When something is wrong" in docs/operations.md'}`);
  return EXIT.failed;
}
