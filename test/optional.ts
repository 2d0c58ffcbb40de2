import type { Application } from '../lib/application';
import { manage } from '../lib/applications/django';
import { sample } from '../lib/applications/sample';

/** The sample as an application that has tasks and static files, and is given the place of its queue. */
export const busy: Application = {
  ...sample,
  worker: ({ concurrency, queues }) => [
    'celery',
    '--app=coped',
    'worker',
    `--concurrency=${concurrency}`,
    `--queues=${queues.join()}`,
  ],
  beat: ['celery', '--app=coped', 'beat', '--schedule=/tmp/schedule'],
  commands: { crawl: manage('crawl'), 'tell-engines': manage('tell_engines', '--all') },
  collectStatic: manage('collectstatic', '--noinput'),
  variables: (known) => ({
    ...sample.variables(known),
    STATIC_ROOT: '/static',
    ...(known.redis && {
      REDIS_HOST: known.redis.host,
      REDIS_PORT: String(known.redis.port),
      REDIS_PASSWORD: known.redis.password,
    }),
    ...(known.metabase && {
      METABASE_HOST: known.metabase.database.host,
      METABASE_PORT: String(known.metabase.database.port),
      METABASE_DATABASE: known.metabase.database.name,
    }),
  }),
};

/** What an environment says to have each component of these. */
export const optional = {
  redis: {},
  worker: {},
  beat: {},
  static: {},
  metabase: { connections: 5 },
  commands: {
    crawl: { schedule: '0 3 * * 0', deadline: 3600 },
    'tell-engines': { schedule: '*/5 * * * *', deadline: 60 },
  },
} as const;

/** Room for all of them. */
export const room = {
  budget: { cpu: '20', memory: '50Gi' },
  quota: {
    cpu: '40',
    memory: '99Gi',
    memoryLimit: '99Gi',
    ephemeralStorage: '99Gi',
    storage: '400Gi',
    pods: 99,
  },
};
