import { configMap, file } from '../../kubernetes/config-files';
import { configFiles, SECRETS_PATH, scratch, secretFiles } from '../../kubernetes/volumes';
import { job } from '../../kubernetes/workloads';
import { component } from '../component';
import { ELASTICSEARCH_USER_ID, elasticsearch } from './elasticsearch';

/** Makes Django's role and user in Elasticsearch; runs again with every release. */
export const elasticsearchBootstrap = component({
  name: 'elasticsearch-bootstrap',
  tier: 'data',
  software: 'elasticsearch',
  partOf: 'elasticsearch',
  // It has curl.
  image: elasticsearch,
  build({ scope, identity, image, environment, use }) {
    const server = use(elasticsearch);
    if (!server) return;
    const { host, port, users, authority } = server;
    const volumes = [
      secretFiles({
        'superuser-password': users.superuser,
        'application-password': users.application,
        ...(authority && { 'elasticsearch-ca.crt': authority }),
      }),
      configFiles('bootstrap', '/bootstrap', 'elasticsearch-bootstrap'),
      scratch('tmp', '/tmp', '16Mi', 'Memory'),
    ];

    configMap(scope, 'elasticsearch-bootstrap', {
      'bootstrap.sh': file(__dirname, 'bootstrap.sh'),
      'application-role.json': file(__dirname, 'application-role.json'),
      'refuse-weak.sh': file(__dirname, '..', 'refuse-weak.sh'),
    });
    job(scope, {
      ...identity,
      user: ELASTICSEARCH_USER_ID,
      annotations: { 'coped.org/release': environment.release },
      volumes: volumes.map(({ volume }) => volume),
      containers: [
        {
          name: 'bootstrap',
          image,
          command: ['sh', '/bootstrap/bootstrap.sh'],
          env: {
            APPLICATION_USER: users.application.user,
            ELASTICSEARCH_URL: `${authority ? 'https' : 'http'}://${host}:${port}`,
            REQUIRE_REAL_SECRETS: environment.realSecrets ? '1' : '0',
            ...(authority && { CA_FILE: `${SECRETS_PATH}/elasticsearch-ca.crt` }),
          },
          resources: { cpu: '25m', memory: '32Mi', memoryLimit: '128Mi' },
          mounts: volumes.map(({ mount }) => mount),
        },
      ],
    });
  },
});
