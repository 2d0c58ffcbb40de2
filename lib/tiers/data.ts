import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { ElasticsearchCertificate } from '../components/certificates';
import { Elasticsearch, type ElasticsearchConnection } from '../components/elasticsearch';
import { ElasticsearchBootstrap } from '../components/elasticsearch-bootstrap';
import { Postgres, type PostgresConnection } from '../components/postgres';
import { PostgresBootstrap } from '../components/postgres-bootstrap';
import { type Environment, namespaceOf, requiresRealSecrets } from '../environments/environment';
import { tierProps } from './tier';

/** What must not be lost, and what is closed to everybody but Django. */
export class DataTier extends Chart {
  readonly postgres: PostgresConnection;
  readonly elasticsearch: ElasticsearchConnection;

  constructor(scope: Construct, environment: Environment) {
    super(scope, '20-data', tierProps(environment, 'data'));
    const { images, keepData, resilient, certificates } = environment;
    const release = images.django;
    const realSecrets = requiresRealSecrets(environment);

    this.postgres = new Postgres(this, 'postgres', {
      ...environment.postgres,
      image: images.postgres,
      keepData,
      resilient,
      realSecrets,
    }).connection;
    new PostgresBootstrap(this, 'postgres-bootstrap', {
      image: images.postgres,
      postgres: this.postgres,
      release,
      realSecrets,
    });

    if (certificates?.source === 'cert-manager') {
      new ElasticsearchCertificate(this, 'elasticsearch-certificate', {
        namespace: namespaceOf(environment),
        secretName: certificates.elasticsearchSecret,
      });
    }
    this.elasticsearch = new Elasticsearch(this, 'elasticsearch', {
      ...environment.elasticsearch,
      image: images.elasticsearch,
      keepData,
      resilient,
      realSecrets,
      tlsSecret: certificates?.elasticsearchSecret,
    }).connection;
    new ElasticsearchBootstrap(this, 'elasticsearch-bootstrap', {
      image: images.elasticsearch,
      elasticsearch: this.elasticsearch,
      release,
      realSecrets,
    });
  }
}
