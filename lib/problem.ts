/** Something wrong that a person has to mend before anything is written. */
export interface Problem {
  /** Name of the environment it was found in. */
  readonly environment: string;
  /** Where: a settings key (`postgres.storage`) or an object and a path (`Deployment/web spec.replicas`). */
  readonly where: string;
  /** What stands there, as a person would write it; leave out when something is missing. */
  readonly value?: unknown;
  /** What is wrong with it, as the rest of a sentence: "is not a DNS name". */
  readonly wrong: string;
  /** What to do now. */
  readonly remedy: string;
  /** Id of the rule that found it, if one did: docs/checks.md says more about it. */
  readonly check?: string;
}

/** Thrown once, with every problem of every environment. */
export class Problems extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(`${count(problems.length)}; nothing was written.\n\n${problems.map(describe).join('\n')}\n`);
    this.name = 'Problems';
  }
}

const count = (n: number): string => (n === 1 ? '1 problem' : `${n} problems`);

/** A problem as a person reads it: two lines, and a third where there is more to know. */
export function describe({ environment, where, value, wrong, remedy, check }: Problem): string {
  const given = value === undefined ? '' : ` ${JSON.stringify(value)}`;
  const more = check === undefined ? '' : `\n    Why: docs/checks.md#${check}`;
  return `  ${environment}: ${where}:${given} ${wrong}.\n    ${remedy}.${more}`;
}
