import type { Application } from '../lib/application';
import { manage } from '../lib/applications/django';
import { sample } from '../lib/applications/sample';

/** The sample with more commands, and static files of its own server. */
export const busy: Application = {
  ...sample,
  commands: { crawl: manage('crawl'), 'tell-engines': manage('tell_engines', '--all') },
  collectStatic: manage('collectstatic', '--noinput'),
  variables: (known) => ({ ...sample.variables(known), STATIC_ROOT: '/static' }),
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
