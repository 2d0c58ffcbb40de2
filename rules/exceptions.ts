import type { Exception } from '../checker/exceptions';
import type { ComponentName } from '../lib/components';
import type { RuleId } from './index';

/** Rules about what changed since the last release: an exception for one is for one value, `to`. */
type Change = 'fewer-nodes' | 'initial-master-nodes' | 'immutable' | 'storage';

type CopedException = {
  /** The kind of environment that has it; left out: every environment. */
  readonly only?: 'local' | 'hosted';
  /** The component that it is about: where that is left out, so is the exception. */
  readonly component?: ComponentName;
} & (Exception<Exclude<RuleId, Change>> | (Exception<Change> & { readonly to: unknown }));

/** A program to which nothing connects, and which says nothing of itself. */
export const withoutProbes = (component: 'worker' | 'beat', reason: string): Exception<'probes'>[] =>
  (['startupProbe', 'readinessProbe', 'livenessProbe'] as const).map((probe) => ({
    rule: 'probes',
    object: `Deployment/${component}`,
    path: `spec.template.spec.containers[${component}].${probe}`,
    reason,
  }));

/** Every exception. One that nothing needs any more is itself a finding. */
export const exceptions: readonly CopedException[] = [
  {
    rule: 'probes',
    component: 'elasticsearch',
    object: 'StatefulSet/elasticsearch',
    path: 'spec.template.spec.containers[elasticsearch].livenessProbe',
    reason:
      'Elastic gives it none: a node busy with garbage collection or recovery is slow, and a restart starts the recovery again.',
  },
  ...withoutProbes(
    'beat',
    'Nothing connects to it, and Celery offers nothing to ask it: it ends when it cannot go on, and is started again.',
  ).map((one) => ({ ...one, component: 'beat' as const })),
  {
    rule: 'rollout',
    only: 'hosted',
    component: 'beat',
    object: 'Deployment/beat',
    path: 'spec.strategy.type',
    reason:
      'Two at once would put every task into the queue twice; without one for a moment, tasks are late.',
  },
];
