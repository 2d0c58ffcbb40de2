import { WITHHELD, withheld, withheldText } from './secrets/withhold';

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

/** What a rule found. `where` is the object, a space, and the path in it: `Deployment/web spec.replicas`. */
export type Finding = Omit<Problem, 'environment' | 'check'>;

/** Thrown once, with every problem of every environment. */
export class Problems extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const told = problems.map(withoutSecrets);
    super(`${count(told.length)}; nothing was written.\n\n${told.map(describe).join('\n')}\n`);
    this.name = 'Problems';
    this.problems = told;
  }
}

/** The same problem as it may be shown and logged. */
export const withoutSecrets = (problem: Problem): Problem => ({
  ...problem,
  environment: withheldText(problem.environment),
  where: withheldText(problem.where),
  ...(problem.value !== undefined && { value: withheld(problem.value, problem.where) }),
  wrong: withheldText(problem.wrong),
  remedy: withheldText(problem.remedy),
});

const count = (n: number): string => (n === 1 ? '1 problem' : `${n} problems`);

/** A problem as a person reads it: two lines, and a third where there is more to know. */
export function describe({ environment, where, value, wrong, remedy, check }: Problem): string {
  const given = value === undefined ? '' : ` ${JSON.stringify(value).replace(WITHHELD, '$1')}`;
  const more = check === undefined ? [] : [`    Why: docs/checks.md#${check}`];
  return [`  ${environment}: ${where}:${given} ${wrong}.`, `    ${remedy}.`, ...more].map(oneLine).join('\n');
}

/** A text with names and values of somebody else's in it: none of them moves the cursor or begins a line of its own. */
export const oneLine = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
