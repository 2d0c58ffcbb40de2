import type { Finding } from './problem';

/** A finding that is right in general and wrong here: one rule, one object, one place in it. */
export interface Exception<Id extends string = string> {
  readonly rule: Id;
  /** `StatefulSet/elasticsearch` */
  readonly object: `${string}/${string}`;
  /** The path of the finding: `spec.replicas`. */
  readonly path: string;
  /** Why it is right to do otherwise here: a sentence for the reviewer. */
  readonly reason: string;
  /** The one value that it covers, where a place may have several findings. */
  readonly value?: unknown;
  /**
   * The one value that it covers, for a deliberate change since the last release (undefined where something is gone). It is
   * found until the next release, and then no more, which makes its exception needless but not wrong.
   */
  readonly to?: unknown;
}

interface Excusing {
  readonly exceptions?: readonly Exception[];
}

const placeOf = ({ object, path }: Exception): string => `${object} ${path}`;

/** The findings of a rule that no exception covers. */
export const unexcused = (
  id: string,
  findings: readonly Finding[],
  { exceptions = [] }: Excusing,
): readonly Finding[] => {
  const excuses = exceptions.filter(({ rule }) => rule === id);
  return excuses.length === 0
    ? findings
    : findings.filter((finding) => !excuses.some((exception) => covers(exception, finding)));
};

const covers = (exception: Exception, finding: Finding): boolean =>
  isAbout(exception, finding) && (!isChange(exception) || same(exception.to, finding.value));

const isAbout = (exception: Exception, { where, value }: Finding): boolean =>
  where === placeOf(exception) && (exception.value === undefined || same(exception.value, value));

const isChange = (exception: Exception): boolean => 'to' in exception;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Exceptions without a finding: what they excused has been fixed, or has another name now. */
export const stale = (
  found: ReadonlyMap<string, readonly Finding[]>,
  { exceptions = [] }: Excusing,
): Finding[] =>
  exceptions
    // A rule that was skipped found nothing, but exceptions may still be needed.
    .filter((exception) => found.has(exception.rule) && !isChange(exception))
    .filter((exception) => !found.get(exception.rule)?.some((finding) => isAbout(exception, finding)))
    .map((exception) => ({
      where: placeOf(exception),
      value: exception.rule,
      wrong: 'is a rule that has an exception here, but finds nothing',
      remedy: `Remove the exception from rules/exceptions.ts, or restore what it was about: ${exception.reason.replace(/\.$/, '')}`,
    }));
