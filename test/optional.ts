import type { Application } from '../lib/application';
import { manage } from '../lib/applications/django';
import { sample } from '../lib/applications/sample';

/** The sample with more commands, and static files of its own server. */
export const busy: Application = {
  ...sample,
  commands: { crawl: manage('crawl'), 'tell-engines': manage('tell_engines', '--all') },
  collectStatic: manage('collectstatic', '--noinput'),
  variables: (known) => ({
    ...sample.variables(known),
    STATIC_ROOT: '/static',
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
