import type { RuleId } from '..';

/** One piece of advice that public guides give about manifests, and what becomes of it here. */
export interface Recommendation {
  /** As the benchmark numbers it. */
  readonly id: string;
  /** What is wanted, in our words. */
  readonly wants: string;
  readonly answer: Answer;
  /** None of the public scanners that were compared finds it. */
  readonly noScanner?: true;
}

export type Answer =
  /** Rules that find where it is not followed. */
  | { readonly checks: readonly [RuleId, ...RuleId[]]; readonly but?: string }
  /** Why it can't apply here, and the rule that keeps this true. */
  | { readonly proof: string; readonly by: RuleId }
  /** Why we do otherwise. */
  | { readonly exception: string };
