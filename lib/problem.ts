/** Something wrong that a person has to mend before anything is written. */
export interface Problem {
  /** Name of the environment it was found in. */
  readonly environment: string;
  /** Where: a settings key (`postgres.storage`) or an object and a path (`Deployment/web spec.replicas`). */
  readonly where: string;
  /** What stands there, as a person would write it; leave out when something is missing. */
  readonly value?: unknown;
  /** The rule that is broken, as the rest of a sentence: "is not a DNS name". */
  readonly rule: string;
  /** What to do now. */
  readonly remedy: string;
}

/** Thrown once, with every problem of every environment. */
export class Problems extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(`${count(problems.length)}; nothing was written.\n\n${problems.map(describe).join('\n')}\n`);
    this.name = 'Problems';
  }
}

const count = (n: number): string => (n === 1 ? '1 problem' : `${n} problems`);

function describe({ environment, where, value, rule, remedy }: Problem): string {
  const given = value === undefined ? '' : ` ${JSON.stringify(value)}`;
  return `  ${environment}: ${where}:${given} ${rule}.\n    ${remedy}.`;
}
