import { Construct } from 'constructs';
import { configMap, file } from '../kubernetes/config-files';
import { configFiles, scratch, secretFiles } from '../kubernetes/volumes';
import { job } from '../kubernetes/workloads';
import { POSTGRES_USER_ID, type PostgresConnection } from './postgres';
import { secrets } from './secrets';

export interface PostgresBootstrapProps {
  readonly image: string;
  readonly postgres: PostgresConnection;
  /** Runs again when this changes, whatever else stayed the same. */
  readonly release: string;
  /** Passwords that everybody knows are refused. */
  readonly realSecrets: boolean;
}

/** Makes the database and its roles, each with the least it needs; runs again with every release. */
export class PostgresBootstrap extends Construct {
  constructor(scope: Construct, id: string, props: PostgresBootstrapProps) {
    super(scope, id);
    const volumes = [
      secretFiles({
        'superuser-password': secrets.postgresSuperuser,
        'owner-password': secrets.postgresOwner,
        'application-password': secrets.postgresApplication,
        'readonly-password': secrets.postgresReadonly,
        'backup-password': secrets.postgresBackup,
      }),
      configFiles('bootstrap', '/bootstrap', 'postgres-bootstrap'),
      scratch('tmp', '/tmp', '16Mi'),
    ];

    configMap(this, 'postgres-bootstrap', {
      'bootstrap.sh': file('postgres', 'bootstrap.sh'),
      'bootstrap.sql': file('postgres', 'bootstrap.sql'),
      'rights.sql': file('postgres', 'rights.sql'),
      'refuse-weak.sh': file('secrets', 'refuse-weak.sh'),
    });
    job(this, {
      component: 'postgres-bootstrap',
      software: 'postgresql',
      image: props.image,
      user: POSTGRES_USER_ID,
      annotations: { 'coped.org/release': props.release },
      volumes: volumes.map(({ volume }) => volume),
      containers: [
        {
          name: 'bootstrap',
          image: props.image,
          command: ['sh', '/bootstrap/bootstrap.sh'],
          env: {
            PGHOST: props.postgres.host,
            PGPORT: String(props.postgres.port),
            PGUSER: 'postgres',
            REQUIRE_REAL_SECRETS: props.realSecrets ? '1' : '0',
          },
          resources: { cpu: '25m', memory: '32Mi', memoryLimit: '128Mi' },
          mounts: volumes.map(({ mount }) => mount),
        },
      ],
    });
  }
}
