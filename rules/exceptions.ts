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

/** Celery's programs, where an environment has them: nothing connects to them, so nothing needs to know whether they are ready. */
export const exceptionsOfCelery = ({
  beat,
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
    ? [
        {
          rule: 'rollout' as const,
          object: 'Deployment/beat' as const,
          path: 'spec.strategy.type',
          reason:
            'Two at once would put every task into the queue twice; without one for a moment, tasks are late.',
        },
      ]
    : []),
];

/** Elasticsearch without HTTPS, where an environment says why. */
export const exceptionOfPlainHttp = ({ elasticsearch }: Environment): Exception<RuleId>[] =>
  elasticsearch?.clients
    ? [
        {
          rule: 'unguarded',
          object: 'ConfigMap/elasticsearch',
          path: 'data[elasticsearch.yml]',
          reason: elasticsearch.clients.plain,
        },
      ]
    : [];

const withoutProbes = (component: 'worker' | 'beat', reason: string): Exception<'probes'>[] =>
  (['startupProbe', 'readinessProbe', 'livenessProbe'] as const).map((probe) => ({
    rule: 'probes',
    object: `Deployment/${component}`,
    path: `spec.template.spec.containers[${component}].${probe}`,
    reason,
  }));
