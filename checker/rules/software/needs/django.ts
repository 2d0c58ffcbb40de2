import { COPY_CODE, type Needs, SECRETS } from '../../../analysis/needs';

/** Read without a default in app/django/coped/settings.py, or with one that is only right on a laptop. */
const DJANGO = {
  settings: [
    'DATA_UPLOAD_MAX_MEMORY_SIZE',
    'DEBUG',
    'DJANGO_ALLOWED_HOSTS',
    'ELASTIC_HOSTNAME',
    'ELASTIC_PASSWORD_FILE',
    'ELASTIC_PASSWORD_FROM',
    'ELASTIC_PORT',
    'ELASTIC_USER',
    'REQUIRE_REAL_SECRETS',
    'SECRET_KEY_FILE',
    'SECRET_KEY_FROM',
    'SQL_DATABASE',
    'SQL_ENGINE',
    'SQL_HOST',
    'SQL_PASSWORD_FILE',
    'SQL_PASSWORD_FROM',
    'SQL_PORT',
    'SQL_USER',
  ],
  told: {
    ELASTIC_USER: /^coped_application$/,
    SQL_DATABASE: /^coped$/,
    SQL_ENGINE: /^django\.db\.backends\.postgresql$/,
    SQL_USER: /^coped_application$/,
  },
  toldHosted: {
    DEBUG: /^0$/,
    // With a star or a leading dot Django answers under names that others may own.
    DJANGO_ALLOWED_HOSTS: /^[a-z0-9][^\s*]*( [a-z0-9][^\s*]*)*$/,
    REQUIRE_REAL_SECRETS: /^1$/,
  },
  user: 10001,
  // Uploads and gunicorn's heartbeat.
  written: ['/tmp'],
  read: [SECRETS],
  withCertificates: { settings: ['ELASTIC_CA_FILE'] },
  withPassingKeys: {
    settings: [
      'ELASTIC_PASSWORD_PREVIOUS_FILE',
      'SECRET_KEY_NEXT_FILE',
      'SECRET_KEY_PREVIOUS_FILE',
      'SQL_PASSWORD_PREVIOUS_FILE',
    ],
  },
} satisfies Needs;

// Where code can be edited, it runs from a copy, behind a launcher that notices.
const server = (name: 'web' | 'api', after: readonly string[]): Needs => ({
  ...DJANGO,
  runs: ['gunicorn', `coped.wsgi.${name}:application`, '--bind=0.0.0.0:8000'],
  after,
  filled: { '/app': 'copy-code' },
  path: name === 'api' ? '/api/' : '/',
  listens: [8000],
  lingers: true,
  // Only readiness asks the database: a restart would not mend that.
  asked: { startupProbe: '/livez', readinessProbe: '/readyz', livenessProbe: '/livez' },
  beside: { 'copy-code': { written: ['/app'], read: ['/live'] } },
});

/** Tables belong to one role, rows are for the others. */
const OWNER = { told: { ...DJANGO.told, SQL_USER: /^coped_owner$/ } };

const WAIT: Needs = { ...DJANGO, runs: ['manage.py migrate --check'] };

/** The site, its API, and what prepares the database for both. */
export const django = {
  web: {
    web: server('web', ['wait-for-schema', 'flush-and-migrate']),
    'wait-for-schema': WAIT,
    'flush-and-migrate': { ...DJANGO, ...OWNER, runs: ['manage.py migrate'] },
    'copy-code': COPY_CODE,
  },
  api: { api: server('api', ['wait-for-schema']), 'wait-for-schema': WAIT, 'copy-code': COPY_CODE },
  migrate: { migrate: { ...DJANGO, ...OWNER, runs: ['manage.py migrate --noinput'], byHand: true } },
} satisfies Readonly<Record<string, Readonly<Record<string, Needs>>>>;
