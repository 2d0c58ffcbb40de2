import { relative, sep } from 'node:path';
import { Command, CommanderError } from 'commander';
import { version } from '../package.json';
import { nextAfter } from './cluster/error-advice';
import { commands } from './commands';
import { EXIT, exitCodeOf, explanation, InterruptedError } from './terminal/errors';
import type { World } from './world';

const ABOUT =
  'The day-to-day commands around kubectl. They run your own kubectl, kind, minikube, docker; ' +
  'plain `kubectl apply -f dist/<environment>` works without them.';

const CODES = `
Exit codes: 0 success, or all is fine; 1 failure, or something is not fine or
not up; 2 refused, nothing was touched; 130 interrupted by ctrl-C.
Results go to standard output, progress and errors to standard error.`;

/** The command line as it is typed after `coped`. */
export function program(world: World): Command {
  const { terminal } = world;
  const coped = new Command('coped')
    .description(ABOUT)
    .addHelpText('after', CODES)
    .version(version, '-V, --version', 'print the version')
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .showHelpAfterError('(see --help)')
    .configureOutput({
      writeOut: (text) => terminal.print(text.replace(/\n$/, '')),
      writeErr: (text) => terminal.say(text.replace(/\n$/, '')),
    })
    .exitOverride();
  for (const [heading, group] of Object.entries(commands)) {
    coped.commandsGroup(heading);
    for (const add of group) add(coped, world);
  }
  coped.helpCommand('help [command]', 'Show the help of a command');
  return coped;
}

/** Runs one command line. @returns its exit code */
export async function run(words: readonly string[], world: World): Promise<number> {
  try {
    await program(world).parseAsync(words, { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.refused;
    return ended(error as Error, world);
  }
}

function ended(error: Error, { terminal, signal, root }: World): number {
  if (error instanceof InterruptedError || signal.aborted) {
    const text = error instanceof InterruptedError && error.message;
    terminal.say(text || 'Interrupted. The same command, run again, takes up where it stopped.');
    return EXIT.interrupted;
  }
  const hint = nextAfter(error.message) ?? `${placeOf(error, root)}See docs/troubleshooting.md`;
  terminal.say(`${terminal.paint('red', '✘')} ${explanation(error, hint)}`);
  return exitCodeOf(error);
}

/** The line of ours where something failed that no one has thought of: a file in lib that cannot be loaded, for example. */
function placeOf({ stack = '' }: Error, root: string): string {
  const calls = stack.split('\n').flatMap((line) => /([^ (]*\.ts:\d+):\d+\)?$/.exec(line)?.[1] ?? []);
  const own = calls.find((call) => call.startsWith(root + sep) && !call.includes('node_modules'));
  return own ? `It failed in ${relative(root, own)}. ` : '';
}
