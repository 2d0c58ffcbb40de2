import { z } from 'zod';
import { absent, resources } from '../../kubernetes/values';
import { component, everywhere } from '../component';
import { celery } from './celery';
import { django } from './django';

/** Celery's clock: puts tasks into the queue when they are due. */
export const beat = component({
  name: 'beat',
  tier: 'web',
  software: 'celery',
  image: django,
  settings: everywhere(
    z
      .strictObject({
        replicas: absent('is not a setting: two would start every task twice; remove the key'),
        resources: resources({ cpu: '50m', memory: '192Mi', memoryLimit: '384Mi' }),
      })
      .optional(),
  ),
  build: ({ scope, identity, settings: { resources }, environment, use }) =>
    celery(scope, identity, use(django), {
      // A component without its command is refused: see combinations.ts.
      command: environment.application.beat ?? ['false'],
      replicas: 1,
      alone: true,
      // Node maintenance may move it at any time: it has nothing to finish, and a budget for one pod protects nothing.
      resilient: false,
      resources,
    }),
});
