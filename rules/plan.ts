import { type Plan, planOf } from '../checker/plan';
import { historyOf, isOfTheObjects } from '../checker/plan/history';
import type { Conventions } from '../checker/plan/section';
import { CONFIG_ANNOTATION } from '../lib/output/stamp';
import { runChecks } from '.';
import type { CopedSubject } from './rule';

/** What COPED's objects say of themselves, for the plan of a release. */
export const conventions: Conventions = {
  configAnnotation: CONFIG_ANNOTATION,
  // lib/components/postgres-bootstrap.ts
  releaseAnnotation: 'coped.org/release',
  // lib/components/django-server.ts
  waitsForSchema: 'wait-for-schema',
  emptiesDatabase: 'flush-and-migrate',
};

/** What `kubectl apply` of the objects of an environment would do where the committed ones run. */
export const plan = (subject: CopedSubject): Plan =>
  planOf(subject, {
    conventions,
    history: historyOf(subject),
    problems: runChecks(subject).filter(isOfTheObjects),
  });
