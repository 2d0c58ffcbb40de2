import type { ComponentName } from '../network/flows';

/** What the program in a container needs to be given. */
export interface Needs {
  /** Variables without which it does not start, or does something that nobody meant. */
  readonly settings?: readonly string[];
  /** Directories whose contents must outlive the pod: on a persistent volume. */
  readonly kept?: readonly string[];
  /** Directories it writes to: the image itself is read-only. */
  readonly written?: readonly string[];
  /** Directories with the files it reads. */
  readonly read?: readonly string[];
  /** What it needs besides, if a container of this name is in the same pod. */
  readonly beside?: Readonly<Record<string, Needs>>;
  /** What it needs besides, if the pod is given certificates: the connection to Elasticsearch is encrypted then. */
  readonly withCertificates?: Needs;
  /** What it needs besides, if the pod is given keys that are there only while a secret changes. */
  readonly withPassingKeys?: Needs;
  /** Ports it listens on, by its own configuration. */
  readonly listens?: readonly number[];
}

/** By component and container. */
export type SoftwareNeeds = Readonly<Record<string, Readonly<Record<string, Needs>>>>;

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
const SERVER: Needs = {
  ...DJANGO,
  listens: [8000],
  beside: { 'copy-code': { written: ['/app'], read: ['/live'] } },
};

const COPY_CODE: Needs = { written: ['/code'] };

/**
 * What each image expects, by component and container. Only the running program would say that something is missing; and
 * an image with a `VOLUME` line gets an anonymous directory where the mount is misspelt, works, and loses its data.
 */
export const softwareNeeds: SoftwareNeeds = {
  web: { web: SERVER, 'wait-for-schema': DJANGO, 'flush-and-migrate': DJANGO, 'copy-code': COPY_CODE },
  api: { api: SERVER, 'wait-for-schema': DJANGO, 'copy-code': COPY_CODE },
  migrate: { migrate: DJANGO },
  dashboards: {
    dashboards: {
      settings: ['API_URL'],
      // Kernels, connection files and the caches of the libraries.
      written: ['/tmp'],
      beside: { 'copy-code': { written: ['/notebooks'] } },
      listens: [8866],
    },
    'copy-code': COPY_CODE,
  },
  postgres: {
    'refuse-weak-password': { settings: ['PGDATA'], kept: ['/var/lib/postgresql/data'], read: [SECRETS] },
    postgres: {
      settings: ['PGDATA', 'POSTGRES_PASSWORD_FILE', 'POSTGRES_INITDB_ARGS'],
      kept: ['/var/lib/postgresql/data'],
      // The socket's lock file, scripts of the entrypoint, parallel queries.
      written: ['/var/run/postgresql', '/tmp', '/dev/shm'],
      read: [SECRETS],
      listens: [5432],
    },
  },
  'postgres-bootstrap': {
    bootstrap: {
      settings: ['PGHOST', 'PGPORT', 'PGUSER', 'REQUIRE_REAL_SECRETS'],
      written: ['/tmp'],
      read: [SECRETS, '/bootstrap'],
    },
  },
  elasticsearch: {
    prepare: {
      settings: ['POD_NAME', 'REQUIRE_REAL_SECRETS'],
      kept: ['/usr/share/elasticsearch/data'],
      written: ['/config', '/credentials'],
      read: [SECRETS, '/settings'],
    },
    elasticsearch: {
      settings: ['ALLOW_MMAP', 'ELASTIC_PASSWORD_FILE', 'POD_IP', 'POD_NAME'],
      kept: ['/usr/share/elasticsearch/data'],
      // The server rewrites its keystore at every start.
      written: ['/usr/share/elasticsearch/config', '/usr/share/elasticsearch/logs', '/tmp', '/credentials'],
      withCertificates: { read: ['/usr/share/elasticsearch/config/certs'] },
      // The last one answers probes: elasticsearch.yml, readiness.port.
      listens: [9200, 9300, 8080],
    },
  },
  'elasticsearch-bootstrap': {
    bootstrap: {
      settings: ['APPLICATION_USER', 'ELASTICSEARCH_URL', 'REQUIRE_REAL_SECRETS'],
      withCertificates: { settings: ['CA_FILE'] },
      written: ['/tmp'],
      read: [SECRETS, '/bootstrap'],
    },
  },
  backup: {
    backup: {
      settings: ['KEEP', 'PGDATABASE', 'PGHOST', 'PGPORT', 'PGUSER'],
      kept: ['/backup'],
      written: ['/tmp'],
      read: [SECRETS, '/script'],
    },
  },
} satisfies Readonly<Record<ComponentName, Readonly<Record<string, Needs>>>>;
