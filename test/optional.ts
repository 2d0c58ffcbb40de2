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
  }),
};

/** What an environment says to have each component of these. */
export const optional = {
  redis: {},
  worker: {},
  beat: {},
  static: {},
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

/** Servers that someone else runs. */
export const external = {
  postgres: {
    kind: 'external' as const,
    host: 'db.example.net',
    at: { addresses: ['10.20.0.5/32'] },
    tls: 'verify-full' as const,
    authority: { secret: 'authorities', key: 'postgres.crt' },
  },
  elasticsearch: {
    kind: 'external' as const,
    url: 'https://search.example.net:9243',
    at: { namespace: 'search', labels: { app: 'elasticsearch' }, port: 9200 },
    authority: { secret: 'authorities', key: 'search.crt' },
  },
};
