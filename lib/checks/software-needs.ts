import type { ComponentName } from '../network/flows';
import type { Needs, SoftwareNeeds } from './needs';

const SECRETS = '/run/secrets/coped';

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
  // Only readiness asks the database: a restart would not mend that.
  asked: { startupProbe: '/livez', readinessProbe: '/readyz', livenessProbe: '/livez' },
  beside: { 'copy-code': { written: ['/app'], read: ['/live'] } },
});

/** Tables belong to one role, rows are for the others. */
const OWNER = { told: { ...DJANGO.told, SQL_USER: /^coped_owner$/ } };

const WAIT: Needs = { ...DJANGO, runs: ['manage.py migrate --check'] };
const POSTGRES_USER = 999;
const ELASTICSEARCH_USER = 1000;
const PG_DATA = { PGDATA: /^\/var\/lib\/postgresql\/data\/pgdata$/ };
const PG_ISREADY = 'pg_isready --host=127.0.0.1 ';
const DASHBOARD = '/dashboards/voila/templates/base/static/require.min.js';

const COPY_CODE: Needs = { runs: ['copy-code'], written: ['/code'] };

/**
 * What each image expects, by component and container. Only the running program would say that something is missing; and
 * an image with a `VOLUME` line gets an anonymous directory where the mount is misspelt, works, and loses its data.
 */
export const softwareNeeds: SoftwareNeeds = {
  web: {
    web: server('web', ['wait-for-schema', 'flush-and-migrate']),
    'wait-for-schema': WAIT,
    'flush-and-migrate': { ...DJANGO, ...OWNER, runs: ['manage.py migrate'] },
    'copy-code': COPY_CODE,
  },
  api: { api: server('api', ['wait-for-schema']), 'wait-for-schema': WAIT, 'copy-code': COPY_CODE },
  migrate: { migrate: { ...DJANGO, ...OWNER, runs: ['manage.py migrate --noinput'], byHand: true } },
  dashboards: {
    dashboards: {
      settings: ['API_URL'],
      path: '/dashboards/',
      filled: { '/notebooks': 'copy-code' },
      runs: ['voila /notebooks', '--base_url=/dashboards/', '--Voila.ip=0.0.0.0', '--port=8866'],
      asked: { startupProbe: DASHBOARD, readinessProbe: DASHBOARD, livenessProbe: DASHBOARD },
      user: 10001,
      // Kernels, connection files and the caches of the libraries.
      written: ['/tmp'],
      beside: { 'copy-code': { written: ['/notebooks'] } },
      listens: [8866],
    },
    'copy-code': COPY_CODE,
  },
  postgres: {
    'refuse-weak-password': {
      settings: ['PGDATA'],
      runs: ['refuse-weak.sh postgres superuser'],
      told: PG_DATA,
      kept: ['/var/lib/postgresql/data'],
      read: [SECRETS],
    },
    postgres: {
      settings: ['PGDATA', 'POSTGRES_PASSWORD_FILE', 'POSTGRES_INITDB_ARGS'],
      runs: [],
      afterHosted: ['refuse-weak-password'],
      told: {
        ...PG_DATA,
        POSTGRES_HOST_AUTH_METHOD: /^scram-sha-256$/,
        POSTGRES_INITDB_ARGS: /--auth-host=scram-sha-256(?=.*--data-checksums)/,
      },
      asked: { startupProbe: PG_ISREADY, readinessProbe: PG_ISREADY, livenessProbe: PG_ISREADY },
      user: POSTGRES_USER,
      kept: ['/var/lib/postgresql/data'],
      // The socket's lock file, scripts of the entrypoint, parallel queries.
      written: ['/var/lib/postgresql/data', '/var/run/postgresql', '/tmp', '/dev/shm'],
      read: [SECRETS],
      listens: [5432],
    },
  },
  'postgres-bootstrap': {
    bootstrap: {
      settings: ['PGHOST', 'PGPORT', 'PGUSER', 'REQUIRE_REAL_SECRETS'],
      runs: ['sh /bootstrap/bootstrap.sh'],
      told: { PGUSER: /^postgres$/ },
      toldHosted: { REQUIRE_REAL_SECRETS: /^1$/ },
      user: POSTGRES_USER,
      written: ['/tmp'],
      read: [SECRETS, '/bootstrap'],
    },
  },
  elasticsearch: {
    prepare: {
      settings: ['POD_NAME', 'REQUIRE_REAL_SECRETS'],
      runs: ['sh /settings/prepare.sh'],
      toldHosted: { REQUIRE_REAL_SECRETS: /^1$/ },
      kept: ['/usr/share/elasticsearch/data'],
      written: ['/config', '/credentials'],
      read: [SECRETS, '/settings'],
    },
    elasticsearch: {
      settings: ['ALLOW_MMAP', 'ELASTIC_PASSWORD_FILE', 'POD_IP', 'POD_NAME'],
      runs: [],
      after: ['prepare'],
      asked: { startupProbe: 'readiness', readinessProbe: 'readiness' },
      user: ELASTICSEARCH_USER,
      kept: ['/usr/share/elasticsearch/data'],
      // The server rewrites its keystore at every start.
      written: [
        '/usr/share/elasticsearch/data',
        '/usr/share/elasticsearch/config',
        '/usr/share/elasticsearch/logs',
        '/tmp',
        '/credentials',
      ],
      withCertificates: { read: ['/usr/share/elasticsearch/config/certs'] },
      // The last one answers probes: elasticsearch.yml, readiness.port.
      listens: [9200, 9300, 8080],
    },
  },
  'elasticsearch-bootstrap': {
    bootstrap: {
      settings: ['APPLICATION_USER', 'ELASTICSEARCH_URL', 'REQUIRE_REAL_SECRETS'],
      runs: ['sh /bootstrap/bootstrap.sh'],
      told: { APPLICATION_USER: /^coped_application$/ },
      toldHosted: { REQUIRE_REAL_SECRETS: /^1$/ },
      user: ELASTICSEARCH_USER,
      withCertificates: { settings: ['CA_FILE'] },
      written: ['/tmp'],
      read: [SECRETS, '/bootstrap'],
    },
  },
  backup: {
    backup: {
      settings: ['KEEP', 'PGDATABASE', 'PGHOST', 'PGPORT', 'PGUSER'],
      runs: ['sh /script/backup.sh'],
      // With KEEP=0 it would delete the dump that it has just made.
      told: { KEEP: /^[1-9]\d*$/, PGDATABASE: /^coped$/, PGUSER: /^coped_backup$/ },
      user: POSTGRES_USER,
      kept: ['/backup'],
      written: ['/backup', '/tmp'],
      read: [SECRETS, '/script'],
    },
  },
} satisfies Readonly<Record<ComponentName, Readonly<Record<string, Needs>>>>;
