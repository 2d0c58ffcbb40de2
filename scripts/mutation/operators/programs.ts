import { append, at, remove, replace, set, when } from '../change';
import { type Operator, onContainers, onObjects, onPods } from '../mutant';

const PROBES = '{startupProbe,readinessProbe,livenessProbe}';

/** The value of another setting in the same ConfigMap. */
const settingOf = (key: string) => (_: unknown, configMap: unknown) => at(configMap, ['data', key]);

/** What runs in the pods, and its settings. */
export const programs: readonly Operator[] = [
  ...onContainers({
    'runs something else': [set('command', ['sleep', 'infinity']), remove('command')],
    'listens on another address': replace('command.*', '0.0.0.0', '127.0.0.1'),
  }),
  ...onPods({
    'drops what runs before': remove('initContainers.*'),
  }),
  ...onContainers({
    'asks another path': [
      set(`${PROBES}.{httpGet}.path`, '/nowhere'),
      set(`${PROBES}.{httpGet}.scheme`, 'HTTPS'),
    ],
    'loses patience, or wakes too late': [
      set('{livenessProbe}', (probe) => ({ ...Object(probe), failureThreshold: 1, periodSeconds: 1 })),
      set('{readinessProbe}.periodSeconds', 3600),
    ],
    'mounts what it writes to be read': set('volumeMounts./^(data|backup|tmp)$/.readOnly', true),
  }),
  ...onPods({
    'runs as another user': [
      set('securityContext.runAsUser', 4321),
      set('securityContext.runAsGroup', 4321),
      set('securityContext.fsGroup', 4321),
    ],
    'asks another DNS': set('dnsPolicy', 'Default'),
    'sends a Service elsewhere': set('hostAliases', [{ ip: '203.0.113.7', hostnames: ['postgres'] }]),
  }),
  ...onObjects(['ConfigMap'], {
    'makes a setting of Django dangerous': [
      when(
        'data.DJANGO_ALLOWED_HOSTS',
        /./,
        set('data.SQL_ENGINE', 'django.db.backends.sqlite3'),
        set('data.SQL_DATABASE', 'another'),
        set('data.ELASTIC_USER', 'elastic'),
        set('data.SECRET_KEY_FILE', settingOf('SQL_PASSWORD_FILE')),
        set('data.SQL_PASSWORD_FILE', settingOf('ELASTIC_PASSWORD_FILE')),
      ),
      // On a laptop they are so already.
      when('data.DEBUG', /^0$/, set('data.DEBUG', '1'), set('data.DJANGO_ALLOWED_HOSTS', '*')),
      when('data.REQUIRE_REAL_SECRETS', /^1$/, set('data.REQUIRE_REAL_SECRETS', '0')),
    ],
  }),
  ...onContainers({
    'takes the role of another program': set(
      'env./^(SQL_USER|PGUSER|APPLICATION_USER)$/.value',
      'coped_readonly',
    ),
    'moves the data inside its volume': set('env./^PGDATA$/.value', (path) => `${path}-2`),
    'keeps no backup': set('env./^KEEP$/.value', '0'),
  }),
  ...onObjects(['ConfigMap'], {
    'leaves a data server open': [
      replace('data./yml$/', 'xpack.security.enabled: true', 'xpack.security.enabled: false'),
      replace('data./yml$/', 'verification_mode: certificate', 'verification_mode: none'),
      replace('data./yml$/', 'client_authentication: required', 'client_authentication: none'),
    ],
  }),
  ...onContainers({
    'lets people into PostgreSQL without a password': when(
      'name',
      /^postgres$/,
      append('env', { name: 'POSTGRES_HOST_AUTH_METHOD', value: 'trust' }),
    ),
  }),
];
