import { visible } from '../../formats/visible';

/** Exit codes of `coped`, the same for every command. */
export const EXIT = {
  ok: 0,
  /** Tried, and it failed; or checked, and it is not fine, or not up. */
  failed: 1,
  /** Refused or not understood: nothing was touched. */
  refused: 2,
  /** Ended by ctrl-C. */
  interrupted: 130,
} as const;

/** An error whose message is for users: printed without a stack trace, with what to do next. */
export class CliError extends Error {
  /** Ends the command with this code. */
  readonly exitCode: number = EXIT.failed;

  /**
   * @param message what is wrong
   * @param next what to do now: one sentence, or a command; empty if the message says it
   */
  constructor(
    message: string,
    readonly next = '',
  ) {
    super(message);
    this.name = this.constructor.name;
  }
}

/** The environment, its cluster or its namespace does not exist. The same for every command, for scripts. */
export class NotUpError extends CliError {}

/** A program that a command runs is not on this machine. */
export class NotInstalledError extends CliError {}

/** More waiting does not help: what is awaited will not come. */
export class GaveUpError extends CliError {}

/** The input is invalid, or the command might be a mistake: nothing was touched. */
export class RefusedError extends CliError {
  override readonly exitCode = EXIT.refused;
}

/** Ended by ctrl-C. */
export class InterruptedError extends CliError {
  override readonly exitCode = EXIT.interrupted;

  constructor(message = '') {
    super(message);
  }
}

/** The one place that knows which exit code an error means. */
export const exitCodeOf = (error: unknown): number =>
  error instanceof CliError ? error.exitCode : EXIT.failed;

/** Of what users write, its checks and cli/register.js say in their messages what to do. Known by name: they need not be loaded for it. */
const isAboutSources = ({ name }: Error): boolean => ['Problems', 'FileError'].includes(name);

/** An error as users read it; `hint` is what to do next where the error does not say it. */
export function explanation(error: Error, hint: string): string {
  if (isAboutSources(error)) return error.message;
  const next = error instanceof CliError ? error.next : hint;
  return next === '' ? error.message : `${error.message}\n  ${next}`;
}

/** Runs a script that is no command of `coped`: prints what users have to fix, and throws every other error. */
export function orExplain(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof Error && (isAboutSources(error) || error instanceof CliError))) throw error;
    console.error(visible(explanation(error, '')));
    process.exitCode = exitCodeOf(error);
  }
}
