import { withheld, withheldText } from './secrets/withhold';

/**
 * An error is what Kubernetes refuses, what never works, or a secret given away; a warning is a risk or a matter of
 * taste.
 */
export type Severity = 'error' | 'warning';

/** Something wrong that a person has to fix before anything is written. */
export interface Problem {
  /** Name of the environment it was found in. */
  readonly environment: string;
  /** Where: a settings key (`postgres.storage`) or an object and a path (`Deployment/web spec.replicas`). */
  readonly where: string;
  /** The very objects, by their places in the manifests that were checked: several where one is written twice. */
  readonly objects?: readonly number[];
  /** What is there, as a person would write it; leave out when something is missing. */
  readonly value?: unknown;
  /** What is wrong with it, as the rest of a sentence: "is not a DNS name". */
  readonly wrong: string;
  /** What to do now. */
  readonly remedy: string;
  /** The file to change, where that is known: `lib/network/flows.ts`. */
  readonly source?: string;
  /** Id of the rule that found it, if one did: its heading in docs/checks.md. */
  readonly check?: string;
  /** If it is not that of its rule. */
  readonly severity?: Severity;
}

/** What a rule found. `where` is the object, a space, and the path in it: `Deployment/web spec.replicas`. */
export type Finding = Omit<Problem, 'environment' | 'check' | 'source'>;

/** The same problem as it may be shown and logged. */
export const withoutSecrets = (problem: Problem): Problem => ({
  ...problem,
  environment: withheldText(problem.environment),
  where: withheldText(problem.where),
  ...(problem.value !== undefined && { value: withheld(problem.value, problem.where) }),
  wrong: withheldText(problem.wrong),
  remedy: withheldText(problem.remedy),
});
