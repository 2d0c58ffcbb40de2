/** What was given cannot be judged at all: exit code 2, where findings are 1. */
export class Unusable extends Error {
  /** @param reasons each with its place and what to do */
  constructor(readonly reasons: readonly string[]) {
    super(reasons.join('\n'));
    this.name = 'Unusable';
  }
}
