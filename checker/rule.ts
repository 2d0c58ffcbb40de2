import { marksIn, unmarked } from './manifests/apart';
import type { Manifest } from './manifests/manifest';
import { distinguished } from './manifests/namespaces';
import { nameOf, once } from './manifests/workloads';
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

/** Nearly everything is nothing: one list is made, and none for each list in it, nor an iterator. */
function flat(found: Findings, all: Finding[] = []): Finding[] {
  if (!found) return all;
  if ('where' in found) all.push(found);
  else for (let i = 0; i < found.length; i++) if (found[i]) flat(found[i], all);
  return all;
}

type Knowing<S extends Subject, K extends Knowledge<S>> = S & { readonly [key in K]-?: NonNullable<S[key]> };

/** How rules over this kind of subject are made; `find` is called only where everything in `needs` is known. */
export const ruleOver =
  <S extends Subject>() =>
  <const Id extends string, K extends Knowledge<S> = never>({
    severity = 'error',
    needs = [],
    find,
    acrossNamespaces,
    ...texts
  }: Omit<Rule<S, Id>, 'severity' | 'needs' | 'find'> & {
    readonly severity?: Severity;
    readonly needs?: readonly K[];
    /** It compares objects of different namespaces. Others look at each namespace as if there were no other. */
    readonly acrossNamespaces?: true;
    readonly find: (subject: Knowing<S, K>) => Findings;
  }): Rule<S, Id> => ({
    ...texts,
    severity,
    needs,
    find: (subject) => {
      const { whole, parts } = views(subject);
      return (acrossNamespaces ? [{ part: whole }] : parts).flatMap(({ part, namespace }: Part) =>
        flat(find(part as Knowing<S, K>)).map((finding) => located(finding, subject.manifests, namespace)),
      );
    },
  });

interface Part {
  readonly part: Subject;
  readonly namespace?: string;
}

/** A subject as rules look at it: as a whole, or at each namespace. Our own objects are of one, and those that are not are wrong. */
const views = once((subject: Subject): { readonly whole: Subject; readonly parts: readonly Part[] } => {
  if (subject.own) return { whole: subject, parts: [{ part: subject }] };
  const { all, namespaces } = distinguished(subject.manifests);
  const whole = { ...subject, manifests: all };
  const parts = [...(namespaces ?? [])].map(([namespace, manifests]) => ({
    namespace,
    part: { ...subject, manifests },
  }));
  return { whole, parts: namespaces ? parts : [{ part: whole }] };
});

/** The finding with its objects, and with texts for people. */
function located(finding: Finding, manifests: readonly Manifest[], namespace: string | undefined): Finding {
  const { wrong, remedy } = finding;
  const marks = marksIn(finding.where);
  // What is missing in a namespace has no name.
  const where = marks.length === 0 && namespace ? `Namespace/${namespace} ${finding.where}` : finding.where;
  const found = marks.length === 0 ? places(manifests).get(where.split(' ', 1)[0] ?? '') : undefined;
  const objects = found === undefined ? marks : [found];
  return {
    ...finding,
    ...(objects.length > 0 && { objects }),
    where: unmarked(where),
    wrong: unmarked(wrong),
    remedy: unmarked(remedy),
  };
}

/** Where there are no marks, names tell objects apart. */
const places = once(
  (manifests: readonly Manifest[]): ReadonlyMap<string, number> =>
    new Map(manifests.map((manifest, i) => [nameOf(manifest), i])),
);

export const rule = ruleOver<Subject>();

/** Whether everything that a rule needs is known. */
export const applies = <S extends Subject>({ needs }: Pick<Rule<S>, 'needs'>, subject: S): boolean =>
  needs.every((key) => subject[key] !== undefined);
