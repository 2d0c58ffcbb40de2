import { type Needs, SECRETS } from '../../../analysis/needs';

const POSTGRES_USER = 999;
const PG_DATA = { PGDATA: /^\/var\/lib\/postgresql\/data\/pgdata$/ };

/** The database, what makes its roles, and what saves it. */
export const postgres = {
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
      asked: { startupProbe: 'postgres', readinessProbe: 'postgres', livenessProbe: 'postgres' },
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
} satisfies Readonly<Record<string, Readonly<Record<string, Needs>>>>;
