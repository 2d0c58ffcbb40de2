import type { Application } from '../../lib/application';
import { gunicorn, manage } from '../../lib/applications/django';

/** Stand-in until the real one is merged. */
export const coped: Application = {
  settings: 'core.settings',
  user: 10001,
  web: {
    command: gunicorn('core.wsgi:application', { since: '20.1' }),
    live: 'port',
    ready: '/accounts/login/',
  },
  migrate: [manage('migrate', '--noinput', '--run-syncdb'), manage('createcachetable')],
  migrated: manage('migrate', '--check'),
  index: manage('search_index', '--rebuild', '-f'),
  collectStatic: manage('collectstatic', '--noinput'),
  worker: ({ concurrency }) => [
    'celery',
    '--app=core',
    'worker',
    '--pool=threads',
    `--concurrency=${concurrency}`,
    '--task-events',
  ],
  beat: ['celery', '--app=core', 'beat', '--scheduler=django_celery_beat.schedulers:DatabaseScheduler'],
  secrets: { variables: 'core/settings.py reads os.environ alone' },
  rotates: 'with a restart',
  credentials: {
    HCAPTCHA_SECRET: {
      secret: 'hcaptcha',
      key: 'secret',
      purpose: 'Asks hCaptcha whether a visitor is a person.',
      from: 'hCaptcha',
    },
    MAILJET_API_KEY: { secret: 'mailjet', key: 'api-key', purpose: 'Sends mail.', from: 'Mailjet' },
    MAILJET_SECRET_KEY: { secret: 'mailjet', key: 'secret-key', purpose: 'Sends mail.', from: 'Mailjet' },
  },
  calls: [
    { from: ['web'], to: 'internet', port: 443, why: 'Mailjet sends mail, hCaptcha judges visitors' },
    { from: ['worker'], to: 'internet', port: 443, why: 'crawls UKRI, tells search engines' },
  ],
  variables: ({ host, hosts, debug, postgres, elasticsearch, redis, signingKey }) => ({
    DEBUG: debug ? '1' : '0',
    TESTING: '0',
    LOGLEVEL: 'INFO',
    SECRET_KEY: signingKey,
    DJANGO_ALLOWED_HOSTS: hosts.join(' '),
    STATIC_ROOT: '/static',
    SQL_ENGINE: 'django.db.backends.postgresql',
    SQL_HOST: postgres.host,
    SQL_PORT: String(postgres.port),
    SQL_DATABASE: postgres.database,
    SQL_USER: postgres.user,
    SQL_PASSWORD: postgres.password,
    ...(elasticsearch && {
      ELASTIC_HOSTNAME: elasticsearch.host,
      ELASTIC_PORT: String(elasticsearch.port),
      ELASTIC_USER: elasticsearch.user,
      ELASTIC_PASSWORD: elasticsearch.password,
    }),
    ...(redis && { REDIS_PORT: String(redis.port), REDIS_PASSWORD: redis.password }),
    DEFAULT_FROM_EMAIL: `noreply@${host}`,
    HOME: '/tmp',
  }),
};
