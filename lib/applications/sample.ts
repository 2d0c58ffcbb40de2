import type { Application } from '../application';
import { gunicorn, manage } from './django';

/** The version of gunicorn in app/django/requirements.txt. */
const since = '27.0.1';

const celery = (program: 'worker' | 'beat') => ['celery', '--app=coped', program, '--loglevel=INFO'] as const;

/** The sample in app/django: projects, a search, an API. */
export const sample: Application = {
  settings: 'coped.settings',
  secrets: 'files',
  rotates: 'without a gap',
  user: 10001,
  source: { folder: 'django', target: 'development', code: '/app' },
  web: {
    command: (given) => gunicorn(`coped.wsgi.${given.alone ? 'site' : 'web'}:application`, { since })(given),
    live: '/livez',
    ready: '/readyz',
  },
  api: { command: gunicorn('coped.wsgi.api:application', { since }), live: '/livez', ready: '/readyz' },
  migrate: [manage('migrate', '--noinput')],
  migrated: manage('migrate', '--check'),
  index: manage('search_index'),
  counted: manage('search_index', '--check'),
  uses: (variable) => ['python', '-m', 'coped.credentials', variable],
  sample: [manage('loaddata', 'sample')],
  worker: ({ concurrency, queues }) => [
    ...celery('worker'),
    `--concurrency=${concurrency}`,
    `--queues=${queues.join()}`,
  ],
  alive: { file: '/tmp/alive', within: 180 },
  beat: [...celery('beat'), '--schedule=/tmp/schedule'],
  commands: { 'clear-sessions': manage('clearsessions') },
  variables: ({
    hosts,
    debug,
    release,
    realSecrets,
    maxBodyBytes,
    trustedProxies,
    elasticsearch,
    redis,
    ...known
  }) => ({
    DEBUG: debug ? '1' : '0',
    DJANGO_ALLOWED_HOSTS: hosts.join(' '),
    DATA_UPLOAD_MAX_MEMORY_SIZE: String(maxBodyBytes),
    RELEASE: release,
    ...(trustedProxies.length > 0 && { TRUSTED_PROXIES: trustedProxies.join(' ') }),
    REQUIRE_REAL_SECRETS: realSecrets ? '1' : '0',
    SECRET_KEY: known.signingKey,
    SQL_ENGINE: 'django.db.backends.postgresql',
    SQL_HOST: known.postgres.host,
    SQL_PORT: String(known.postgres.port),
    SQL_DATABASE: known.postgres.database,
    SQL_USER: known.postgres.user,
    SQL_PASSWORD: known.postgres.password,
    ...(known.postgres.tls && {
      SQL_SSLMODE: known.postgres.tls.mode,
      SQL_CA: known.postgres.tls.authority,
    }),
    ...(elasticsearch && {
      ELASTIC_HOSTNAME: elasticsearch.host,
      ELASTIC_PORT: String(elasticsearch.port),
      ELASTIC_USER: elasticsearch.user,
      ELASTIC_PASSWORD: elasticsearch.password,
      ...(elasticsearch.authority && { ELASTIC_CA: elasticsearch.authority }),
      ...(elasticsearch.tls && !elasticsearch.authority && { ELASTIC_TLS: '1' }),
    }),
    ...(redis && {
      REDIS_HOST: redis.host,
      REDIS_PORT: String(redis.port),
      REDIS_PASSWORD: redis.password,
    }),
  }),
};
