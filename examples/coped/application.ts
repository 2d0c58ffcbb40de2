import type { Application } from '../../lib/application';
import { gunicorn, manage } from '../../lib/applications/django';

/** github.com/cogent-computing/COPED as of February 2023: Django 3.2, Celery 5.2, elasticsearch-py 7.15. */
export const coped: Application = {
  settings: 'core.settings',
  // Its image names no user; any number will do that is not root's.
  user: 10001,
  web: {
    command: gunicorn('core.wsgi:application', { since: '20.1' }),
    live: 'port',
    ready: '/accounts/login/',
  },
  // Never makemigrations: that would write into the image.
  migrate: [manage('migrate', '--noinput', '--run-syncdb'), manage('createcachetable')],
  migrated: manage('migrate', '--check'),
  index: manage('search_index', '--rebuild', '-f'),
  sample: [manage('loaddata', 'app_setting')],
  collectStatic: manage('collectstatic', '--noinput'),
  worker: ({ concurrency, queues }) => [
    'celery',
    '--app=core',
    'worker',
    '--pool=threads',
    `--concurrency=${concurrency}`,
    `--queues=${queues.join()}`,
    '--task-events',
    '--loglevel=INFO',
  ],
  beat: [
    'celery',
    '--app=core',
    'beat',
    '--scheduler=django_celery_beat.schedulers:DatabaseScheduler',
    '--loglevel=INFO',
  ],
  secrets: { variables: 'Its settings (core/settings.py) read os.environ alone.' },
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
    // Metabase's first user. It wants a digit in a password, and a laptop's is made of these names.
    METABASE_SUPERUSER_PASSWORD: {
      secret: 'metabase-user-1',
      key: 'password',
      purpose: 'Signs people in to Metabase.',
      from: 'createsuperuser_for_coped',
    },
  },
  calls: [
    {
      from: ['web'],
      to: 'internet',
      port: 443,
      why: 'Mailjet sends mail, hCaptcha tells people from programs',
    },
    {
      from: ['worker'],
      to: 'internet',
      port: 443,
      why: 'crawls UKRI, looks up places and postcodes, tells search engines',
    },
  ],
  variables: ({ host, hosts, debug, signingKey, postgres, elasticsearch, redis, metabase }) => ({
    DEBUG: debug ? '1' : '0',
    // Mail is printed and every visitor is a person, as in its Compose file for development.
    TESTING: debug ? '1' : '0',
    LOGLEVEL: 'INFO',
    SECRET_KEY: signingKey,
    DJANGO_ALLOWED_HOSTS: hosts.join(' '),
    STATIC_ROOT: '/static',
    // Libraries keep their caches there.
    HOME: '/tmp',
    SQL_ENGINE: 'django.db.backends.postgresql',
    SQL_HOST: postgres.host,
    SQL_PORT: String(postgres.port),
    SQL_DATABASE: postgres.database,
    SQL_USER: postgres.user,
    SQL_PASSWORD: postgres.password,
    ...(elasticsearch && {
      // As a URL it switches encryption on. COPED does not read the authority yet: see README.md.
      ELASTIC_HOSTNAME: `${elasticsearch.authority ? 'https://' : ''}${elasticsearch.host}`,
      ...(elasticsearch.authority && { ELASTIC_CA: elasticsearch.authority }),
      ELASTIC_PORT: String(elasticsearch.port),
      ELASTIC_USER: elasticsearch.user,
      ELASTIC_PASSWORD: elasticsearch.password,
    }),
    // The host is always called `redis`: its settings say so.
    ...(redis && { REDIS_PORT: String(redis.port), REDIS_PASSWORD: redis.password }),
    // Metabase's own tables, to which the same login leads. Its host is always called `metabase`.
    ...(metabase && {
      METABASE_ENGINE: 'django.db.backends.postgresql',
      METABASE_HOST: metabase.database.host,
      METABASE_PORT: String(metabase.database.port),
      METABASE_DATABASE: metabase.database.name,
      METABASE_USER: postgres.user,
      METABASE_PASSWORD: postgres.password,
      METABASE_SUPERUSER_EMAIL: `copedadmin@${domainOf(host)}`,
    }),
    // The one that hCaptcha publishes for tests; yours comes from hCaptcha, with its secret.
    HCAPTCHA_SITEKEY: '10000000-ffff-ffff-ffff-000000000001',
    DEFAULT_FROM_EMAIL: `noreply@${domainOf(host)}`,
    SERVER_EMAIL: `webmaster@${domainOf(host)}`,
    SUPPORT_EMAIL: `support@${domainOf(host)}`,
  }),
};

/** Metabase takes no address at localhost. */
const domainOf = (host: string): string => (host.includes('.') ? host : `${host}.example`);
