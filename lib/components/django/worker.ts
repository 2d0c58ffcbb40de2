import { z } from 'zod';
import type { Application } from '../../application';
import { execProbe, startsWithin } from '../../kubernetes/probes';
import { integer, resources } from '../../kubernetes/values';
import { component, everywhere } from '../component';
import { celery } from './celery';
import { django } from './django';

/** Seconds for what comes after the last task: connections are closed. */
const CLOSING = 30;

const queue = z.string().regex(/^[A-Za-z0-9_.-]+$/, {
  error: 'is not the name of a queue; write letters, digits, dots, dashes and underscores',
});

/** Does what takes too long for a request: Celery's worker. */
export const worker = component({
  name: 'worker',
  tier: 'web',
  software: 'celery',
  image: django,
  settings: everywhere(
    z
      .strictObject({
        /** Pods. */
        replicas: integer(1, 50).default(1),
        /** Tasks that one pod works on at once; each may hold a database connection. */
        concurrency: integer(1, 64).default(2),
        /** Queues that it takes tasks from; Celery puts those without a queue into `celery`. */
        queues: z
          .array(queue)
          .min(1, { error: 'is no queue; write one, or remove the key' })
          .default(['celery']),
        /** Seconds in which it may finish its tasks when it has to stop. What is not finished then is cut off. */
        stopWithin: integer(1, 21600).default(300),
        resources: resources({ cpu: '250m', memory: '384Mi', memoryLimit: '768Mi' }),
      })
      .optional(),
  ),
  build({ scope, identity, settings: { replicas, stopWithin, resources, ...limits }, environment, use }) {
    const { application, resilient } = environment;
    // A component without its command is refused: see combinations.ts.
    const command = application.worker?.(limits) ?? ['false'];
    celery(scope, identity, use(django), {
      command,
      replicas,
      resilient,
      gracePeriod: stopWithin + CLOSING,
      resources,
      ...probes(application),
    });
  },
});

/**
 * Looks at the age of the file that the worker touches. `celery inspect ping` would start Django each time, and has no answer while all are
 * busy: it restarts healthy workers.
 */
const probes = ({ alive }: Application) => {
  if (!alive) return {};
  const isFresh = 'test $(($(date +%s) - $(stat -c %Y "$1"))) -le "$2"';
  const command = ['sh', '-euc', isFresh, 'alive', alive.file, String(alive.within)];
  return {
    startupProbe: execProbe(command, startsWithin(900)),
    readinessProbe: execProbe(command, { every: 20, failures: 3 }),
    livenessProbe: execProbe(command, { every: 20, failures: 3 }),
  };
};
