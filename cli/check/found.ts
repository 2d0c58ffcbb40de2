import type { Problem, Severity } from '../../checker/problem';
import { rules } from '../../rules';
import type { Remark } from './documents';

/** Texts of something that is checked: a rule, or what comes before rules. */
export interface Check {
  readonly id: string;
  readonly severity: Severity;
  readonly what: string;
  readonly why: string;
  readonly remedy: string;
  readonly link: string;
  /** What a rule needs to know besides the objects. */
  readonly needs?: readonly string[];
}

/** What is found before any rule reads the objects. */
export const fileChecks: readonly Check[] = [
  {
    id: 'syntax',
    severity: 'error',
    what: 'A Kubernetes object cannot be read.',
    why: 'kubectl refuses the file as well, and nothing in the object was checked. Files that are no Kubernetes objects are only noted.',
    remedy: 'Correct the line.',
    link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/#describing-a-kubernetes-object',
  },
  {
    id: 'schema',
    severity: 'error',
    what: 'A field has a value that Kubernetes does not take, or is missing.',
    why: 'The API server refuses the object. Rules do not read an object with a value of another type than they expect.',
    remedy: 'Write what the reference of the kind says.',
    link: 'https://kubernetes.io/docs/reference/kubernetes-api/',
  },
];

/** Texts of everything that finds something, by id. */
export const checks: ReadonlyMap<string, Check> = new Map(
  [...fileChecks, ...rules].map((one) => [one.id, one]),
);

/** A finding as every format writes it; `environment` is what was to be checked. */
export interface Found extends Problem {
  readonly severity: Severity;
  readonly file?: string;
  readonly line?: number;
  /** The other places of what is written several times. */
  readonly also?: readonly FilePlace[];
}

export interface FilePlace {
  readonly file: string;
  readonly line: number;
}

export const found = (problem: Problem, place: Pick<Found, 'file' | 'line' | 'also'> = {}): Found => ({
  ...problem,
  ...place,
  severity: problem.severity ?? checks.get(problem.check ?? '')?.severity ?? 'error',
});

/** What was checked, and what came of it. */
export interface Checked {
  readonly targets: readonly Target[];
  readonly notes: readonly Remark[];
  readonly findings: readonly Found[];
  /** Where code scanning shows a finding that is in no file. */
  readonly file: string;
  /** For people, and how many findings they see: several of one cause may be one to them. */
  readonly text: string;
  readonly count: number;
}

export interface Target {
  readonly name: string;
  /** Unknown of an environment in which something was found. */
  readonly objects?: number;
  readonly rules: number;
  /** Rules that need what is not known of it. */
  readonly skipped: readonly string[];
}

export const nothingFound = ({ name, objects, rules: used }: Target): string =>
  `${name}: ${objects} objects, ${used} rules, nothing found.`;

/** `Deployment/web spec.replicas`, taken apart. */
export function objectAndPath(where: string): { readonly object: string; readonly path: string } {
  const [object = '', ...path] = where.split(' ');
  return { object, path: path.join(' ') };
}
