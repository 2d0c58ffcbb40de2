import { check } from '../checker/check';
import type { Problem } from '../checker/problem';
import { rules as general } from '../checker/rules';
import { differences } from './differences';
import { flowTable } from './flow-table';
import { ingressFlows, strippedPrefixes } from './ingress';
import { reachability } from './reachability';
import { restarts } from './restarts';
import type { CopedSubject } from './rule';
import { searchClient } from './search-client';

/** Every rule: those of the checker, and COPED's own. */
export const rules = [
  flowTable,
  ...general,
  reachability,
  ingressFlows,
  strippedPrefixes,
  searchClient,
  restarts,
  differences,
] as const;

export type RuleId = (typeof rules)[number]['id'];

/** Everything that is wrong with the objects of an environment; empty when they may be written. */
export const runChecks = (subject: CopedSubject): Problem[] => check(rules, subject);
