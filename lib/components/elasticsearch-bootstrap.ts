import { Construct } from 'constructs';
import { configMap, file } from '../kubernetes/config-files';
import { configFiles, SECRETS_PATH, scratch, secretFiles } from '../kubernetes/volumes';
import { job } from '../kubernetes/workloads';
import { ELASTICSEARCH_USER_ID, type ElasticsearchConnection } from './elasticsearch';
import { secrets } from './secrets';

export interface ElasticsearchBootstrapProps {
  /** Elasticsearch's own image: it has curl. */
  readonly image: string;
  readonly elasticsearch: ElasticsearchConnection;
  /** Runs again when this changes, whatever else stayed the same. */
  readonly release: string;
  /** Passwords that everybody knows are refused. */
  readonly realSecrets: boolean;
}

/** Makes Django's role and user in Elasticsearch; runs again with every release. */
export class ElasticsearchBootstrap extends Construct {
  constructor(scope: Construct, id: string, props: ElasticsearchBootstrapProps) {
    super(scope, id);
    const { host, port, user, authority } = props.elasticsearch;
    const volumes = [
      secretFiles({
        'superuser-password': secrets.elasticsearchSuperuser,
        'application-password': secrets.elasticsearchApplication,
        ...(authority && { 'elasticsearch-ca.crt': authority }),
      }),
      configFiles('bootstrap', '/bootstrap', 'elasticsearch-bootstrap'),
      scratch('tmp', '/tmp', '16Mi', 'Memory'),
    ];

    configMap(this, 'elasticsearch-bootstrap', {
      'bootstrap.sh': file('elasticsearch', 'bootstrap.sh'),
      'application-role.json': file('elasticsearch', 'application-role.json'),
      'refuse-weak.sh': file('secrets', 'refuse-weak.sh'),
    });
    job(this, {
      component: 'elasticsearch-bootstrap',
      software: 'elasticsearch',
      image: props.image,
      user: ELASTICSEARCH_USER_ID,
      annotations: { 'coped.org/release': props.release },
      volumes: volumes.map(({ volume }) => volume),
      containers: [
        {
          name: 'bootstrap',
          image: props.image,
          command: ['sh', '/bootstrap/bootstrap.sh'],
          env: {
            APPLICATION_USER: user,
            ELASTICSEARCH_URL: `${authority ? 'https' : 'http'}://${host}:${port}`,
            REQUIRE_REAL_SECRETS: props.realSecrets ? '1' : '0',
            ...(authority && { CA_FILE: `${SECRETS_PATH}/elasticsearch-ca.crt` }),
          },
          resources: { cpu: '25m', memory: '32Mi', memoryLimit: '128Mi' },
          mounts: volumes.map(({ mount }) => mount),
        },
      ],
    });
  }
}
