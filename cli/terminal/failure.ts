/** Exit codes of `coped`, the same for every command. */
export const EXIT = {
  ok: 0,
  /** Tried, and it did not work; or looked, and it is not fine, or not up at all. */
  failed: 1,
  /** Refused or not understood: nothing has been touched. */
  refused: 2,
  /** Somebody pressed ctrl-C. */
  interrupted: 130,
} as const;

/** Something did not work. Printed without a stack trace, with what to do next. */
export class Failure extends Error {
  /** Ends the command with this code. */
  readonly code: number = EXIT.failed;

  /**
   * @param message what is wrong, in a person's words
   * @param next what to do now: one sentence, or a command
   */
  constructor(
    message: string,
    readonly next: string,
  ) {
    super(message);
    this.name = 'Failure';
  }
}

/**
 * The environment, its cluster or its namespace is not there to work on. One exit code whatever was asked: a script need not know
 * which command it was.
 */
export class NotUp extends Failure {}

/** Nothing has been touched, because it might have been a mistake. */
export class Refusal extends Failure {
  override readonly code = EXIT.refused;
}
