import type { Finding, Subject } from '../checker/manifests/check';
import type { RuleId } from './index';

/** A finding that is right in general and wrong here: one rule, one object, one place in it. */
export type Exception = Place & (Change | { readonly rule: Exclude<RuleId, Change['rule']> });

/**
 * A deliberate change since the last release. It is found until the next one, and then no more, which makes its
 * exception needless but not wrong: it covers this one value.
 */
interface Change {
  readonly rule: 'founders' | 'immutable' | 'storage';
  /** The value of the finding; undefined where something is gone. */
  readonly to: unknown;
}

interface Place {
  /** `StatefulSet/elasticsearch` */
  readonly object: `${string}/${string}`;
  /** The path of the finding: `spec.replicas`. */
  readonly path: string;
  /** Why it is right to do otherwise here: a sentence for the reviewer. */
  readonly reason: string;
  /** The kind of environment that has it; left out: every environment. */
  readonly only?: 'local' | 'hosted';
}

/** Every exception. One that nothing needs any more is itself a finding. */
export const exceptions: readonly Exception[] = [
  {
    rule: 'probes',
    object: 'StatefulSet/elasticsearch',
    path: 'spec.template.spec.containers[elasticsearch].livenessProbe',
    reason:
      'Elastic gives it none: a node busy with garbage collection or recovery is slow, and a restart starts the recovery again.',
  },
];

const placeOf = ({ object, path }: Exception): string => `${object} ${path}`;

/** The findings of a rule that no exception covers. */
export const unexcused = (
  id: string,
  findings: readonly Finding[],
  { exceptions = [] }: Subject,
): readonly Finding[] => {
  const excuses = exceptions.filter(({ rule }) => rule === id);
  return excuses.length === 0
    ? findings
    : findings.filter((finding) => !excuses.some((exception) => covers(exception, finding)));
};

const covers = (exception: Exception, { where, value }: Finding): boolean =>
  where === placeOf(exception) && (!isChange(exception) || same(exception.to, value));

const isChange = (exception: Exception): exception is Place & Change => 'to' in exception;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Exceptions without a finding: what they excused has been mended, or has another name now. */
export const stale = (
  found: ReadonlyMap<string, readonly Finding[]>,
  { exceptions = [] }: Subject,
): Finding[] =>
  exceptions
    // A rule that was skipped found nothing, but excuses may still be needed.
    .filter((exception) => found.has(exception.rule) && !isChange(exception))
    .filter((exception) => !found.get(exception.rule)?.some(({ where }) => where === placeOf(exception)))
    .map((exception) => ({
      where: placeOf(exception),
      value: exception.rule,
      wrong: 'is a rule that has an exception here, but finds nothing',
      remedy: `Remove the exception from rules/exceptions.ts, or restore what it was about: ${exception.reason.replace(/\.$/, '')}`,
    }));
