import type { Finding, Subject } from './manifests/check';

/** One rule over the emitted objects of one environment, and what people should know about it. */
export interface Rule<Id extends string = string> {
  /** The name of its file, and of its heading in docs/checks.md. */
  readonly id: Id;
  /** What is wrong where it finds something: a sentence. */
  readonly what: string;
  /** Why that matters. */
  readonly why: string;
  /** What to do. */
  readonly remedy: string;
  /** Where to read more. */
  readonly link: string;
  /** What it needs to know besides the objects; without it the rule is skipped, and that is said. */
  readonly needs: readonly Knowledge[];
  readonly find: (subject: Subject) => Finding[];
}

/** What only COPED's own model knows of an environment. */
export type Knowledge = Exclude<keyof Subject, 'environment' | 'manifests'>;

type Knowing<K extends Knowledge> = Subject & { readonly [key in K]-?: NonNullable<Subject[key]> };

/** Makes a rule; `find` is called only where everything in `needs` is known. */
export const rule = <const Id extends string, K extends Knowledge = never>({
  needs = [],
  find,
  ...texts
}: Omit<Rule<Id>, 'needs' | 'find'> & {
  readonly needs?: readonly K[];
  readonly find: (subject: Knowing<K>) => Finding[];
}): Rule<Id> => ({ ...texts, needs, find: (subject) => find(subject as Knowing<K>) });

/** Whether everything that a rule needs is known. */
export const applies = ({ needs }: Rule, subject: Subject): boolean =>
  needs.every((key) => subject[key] !== undefined);
