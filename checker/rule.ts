import type { Finding, Severity } from './problem';
import type { Subject } from './subject';

/** One rule over the objects of one environment, and its documentation. */
export interface Rule<S extends Subject = Subject, Id extends string = string> {
  /** Its heading in docs/checks.md, and what its cases are named after: test/checker/rules/<subject>/<id>.yaml. */
  readonly id: Id;
  /** Of its findings, unless one has another. */
  readonly severity: Severity;
  /** What is wrong where it finds something: a sentence. */
  readonly what: string;
  /** Why that matters. */
  readonly why: string;
  /** What to do. */
  readonly remedy: string;
  /** Where to read more. */
  readonly link: string;
  /** What it needs to know besides the objects; without it the rule is skipped, and that is said. */
  readonly needs: readonly Knowledge<S>[];
  readonly find: (subject: S) => Finding[];
}

/** What the objects cannot say about themselves. */
export type Knowledge<S extends Subject> = Exclude<keyof S, 'environment' | 'manifests'>;

/** What `find` may return: findings in lists of any depth, and nothing where nothing is wrong. */
export type Findings = Finding | false | undefined | readonly Findings[];

const flat = (found: Findings): Finding[] => {
  if (!found) return [];
  return 'where' in found ? [found] : found.flatMap(flat);
};

type Knowing<S extends Subject, K extends Knowledge<S>> = S & { readonly [key in K]-?: NonNullable<S[key]> };

/** How rules over this kind of subject are made; `find` is called only where everything in `needs` is known. */
export const ruleOver =
  <S extends Subject>() =>
  <const Id extends string, K extends Knowledge<S> = never>({
    severity = 'error',
    needs = [],
    find,
    ...texts
  }: Omit<Rule<S, Id>, 'severity' | 'needs' | 'find'> & {
    readonly severity?: Severity;
    readonly needs?: readonly K[];
    readonly find: (subject: Knowing<S, K>) => Findings;
  }): Rule<S, Id> => ({ ...texts, severity, needs, find: (subject) => flat(find(subject as Knowing<S, K>)) });

export const rule = ruleOver<Subject>();

/** Whether everything that a rule needs is known. */
export const applies = <S extends Subject>({ needs }: Pick<Rule<S>, 'needs'>, subject: S): boolean =>
  needs.every((key) => subject[key] !== undefined);
