import { type Needs, SECRETS } from '../../../analysis/needs';

const ELASTICSEARCH_USER = 1000;

/** The index, and what makes its users. */
export const elasticsearch = {
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
      lingers: true,
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
} satisfies Readonly<Record<string, Readonly<Record<string, Needs>>>>;
