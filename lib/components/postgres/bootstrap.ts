import { configMap, file } from '../../kubernetes/config-files';
import { configFiles, scratch, secretFiles } from '../../kubernetes/volumes';
import { job } from '../../kubernetes/workloads';
import { component } from '../component';
import { POSTGRES_USER_ID, postgres } from './postgres';

/** Makes the database and its roles, each with the least it needs; runs again with every release. */
export const postgresBootstrap = component({
  name: 'postgres-bootstrap',
  tier: 'data',
  software: 'postgresql',
  image: postgres,
  build({ scope, identity, image, environment, use }) {
    const { host, port, users } = use(postgres);
    const hasMetabase = environment.components.includes('metabase');
    const volumes = [
      secretFiles({
        'superuser-password': users.superuser,
        'owner-password': users.owner,
        'application-password': users.application,
        'readonly-password': users.readonly,
        'backup-password': users.backup,
        ...(hasMetabase && { 'metabase-password': users.metabase }),
      }),
      configFiles('bootstrap', '/bootstrap', 'postgres-bootstrap'),
      scratch('tmp', '/tmp', '16Mi'),
    ];

    configMap(scope, 'postgres-bootstrap', {
      'bootstrap.sh': file(__dirname, 'bootstrap.sh'),
      ...(hasMetabase && { 'with-metabase.sh': file(__dirname, '..', 'metabase', 'bootstrap.sh') }),
      'bootstrap.sql':
        file(__dirname, 'bootstrap.sql') +
        (hasMetabase ? file(__dirname, '..', 'metabase', 'bootstrap.sql') : ''),
      'rights.sql': file(__dirname, 'rights.sql'),
      'refuse-weak.sh': file(__dirname, '..', 'refuse-weak.sh'),
    });
    job(scope, {
      ...identity,
      user: POSTGRES_USER_ID,
      annotations: { 'coped.org/release': environment.release },
      volumes: volumes.map(({ volume }) => volume),
      containers: [
        {
          name: 'bootstrap',
          image,
          command: ['sh', hasMetabase ? '/bootstrap/with-metabase.sh' : '/bootstrap/bootstrap.sh'],
          env: {
            PGHOST: host,
            PGPORT: String(port),
            PGUSER: users.superuser.user,
            REQUIRE_REAL_SECRETS: environment.realSecrets ? '1' : '0',
          },
          resources: { cpu: '25m', memory: '32Mi', memoryLimit: '128Mi' },
          mounts: volumes.map(({ mount }) => mount),
        },
      ],
    });
  },
});
