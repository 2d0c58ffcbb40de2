import type { Exception } from '../checker/exceptions';
import type { ComponentName } from '../lib/components';
import type { Environment } from '../lib/environments/environment';
import type { RuleId } from './index';

/** Rules about what changed since the last release: an exception for one is for one value, `to`. */
type Change = 'fewer-nodes' | 'initial-master-nodes' | 'immutable' | 'storage';

type CopedException = {
  /** The kind of environment that has it; left out: every environment. */
  readonly only?: 'local' | 'hosted';
  /** The component that it is about: where that is left out, so is the exception. */
  readonly component?: ComponentName;
} & (Exception<Exclude<RuleId, Change>> | (Exception<Change> & { readonly to: unknown }));

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
];

/** What an environment's own choices excuse. To Celery's programs nothing connects, so nothing needs to know whether they are ready. */
export const exceptionsOfChoices = ({
  beat,
  elasticsearch,
  metabase,
  worker,
  resilient,
  application: { alive },
}: Environment): Exception<RuleId>[] => [
  ...(worker && !alive
    ? withoutProbes(
        'worker',
        'Its application touches no file (`alive`), and `celery inspect ping` has no answer while all tasks are busy: one that hangs is not restarted.',
      )
    : []),
  ...(beat
    ? withoutProbes(
        'beat',
        'Celery offers nothing to ask it: it ends when it cannot go on, and is started again.',
      )
    : []),
  ...(beat && resilient
    ? recreated(
        'beat',
        'Two at once would put every task into the queue twice; without one for a moment, tasks are late.',
      )
    : []),
  ...(metabase
    ? [
        {
          rule: 'secret-variables' as const,
          object: 'Deployment/metabase' as const,
          path: 'spec.template.spec.containers[metabase].command',
          reason:
            'Metabase reads its encryption key from a variable alone; its password it reads from a file.',
        },
      ]
    : []),
  ...(metabase && resilient
    ? recreated(
        'metabase',
        'A new version changes the tables, on which an old one must not work; /metabase/ is away for the minutes of a start.',
      )
    : []),
  ...(elasticsearch?.clients
    ? [
        {
          rule: 'unguarded' as const,
          object: 'ConfigMap/elasticsearch' as const,
          path: 'data[elasticsearch.yml]',
          value: 'xpack.security.http.ssl.enabled=false',
          reason: elasticsearch.clients.plain,
        },
      ]
    : []),
];

const recreated = (component: 'beat' | 'metabase', reason: string): Exception<'rollout'>[] => [
  { rule: 'rollout', object: `Deployment/${component}`, path: 'spec.strategy.type', reason },
];

const withoutProbes = (component: 'worker' | 'beat', reason: string): Exception<'probes'>[] =>
  (['startupProbe', 'readinessProbe', 'livenessProbe'] as const).map((probe) => ({
    rule: 'probes',
    object: `Deployment/${component}`,
    path: `spec.template.spec.containers[${component}].${probe}`,
    reason,
  }));
