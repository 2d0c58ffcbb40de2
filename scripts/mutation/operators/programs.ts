import type { Json } from '../../../checker/manifests/manifest';
import { drop, type Operator, onContainers, onObjects, onPods, positions, put } from '../mutant';

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'];

/** What runs in the pods, and its settings. */
export const programs: readonly Operator[] = [
  onContainers('runs something else', () => [
    (c) => put(c, ['sleep', 'infinity'], 'command'),
    (c) => drop(c, 'command'),
  ]),
  onContainers('listens on another address', ({ command = [] }) =>
    positions(command)
      .filter((i) => /0\.0\.0\.0/.test(command[i]))
      .map((i) => (c) => put(c, command[i].replace('0.0.0.0', '127.0.0.1'), 'command', i)),
  ),
  onPods('drops what runs before', (pod) =>
    positions(pod.initContainers).map((i) => (p) => drop(p, 'initContainers', i)),
  ),
  onContainers('asks another path', (container) =>
    PROBES.flatMap((probe) =>
      container[probe]?.httpGet
        ? [
            (c: Json) => put(c, '/nowhere', probe, 'httpGet', 'path'),
            (c: Json) => put(c, 'HTTPS', probe, 'httpGet', 'scheme'),
          ]
        : [],
    ),
  ),
  onContainers('loses patience, or wakes too late', (container) => [
    ...(container.livenessProbe
      ? [
          (c: Json) =>
            put(c, { ...container.livenessProbe, failureThreshold: 1, periodSeconds: 1 }, 'livenessProbe'),
        ]
      : []),
    ...(container.readinessProbe ? [(c: Json) => put(c, 3600, 'readinessProbe', 'periodSeconds')] : []),
  ]),
  onContainers('mounts what it writes to be read', ({ volumeMounts }) =>
    positions(volumeMounts)
      .filter((i) => volumeMounts[i].readOnly !== true && /^data$|^backup$|^tmp$/.test(volumeMounts[i].name))
      .map((i) => (c) => put(c, true, 'volumeMounts', i, 'readOnly')),
  ),
  onPods('runs as another user', () => [
    (pod) => put(pod, 4321, 'securityContext', 'runAsUser'),
    (pod) => put(pod, 4321, 'securityContext', 'runAsGroup'),
    (pod) => put(pod, 4321, 'securityContext', 'fsGroup'),
  ]),
  onPods('asks another DNS', () => [(pod) => put(pod, 'Default', 'dnsPolicy')]),
  onPods('sends a Service elsewhere', () => [
    (pod) => put(pod, [{ ip: '203.0.113.7', hostnames: ['postgres'] }], 'hostAliases'),
  ]),
  onObjects('tells Django something dangerous', ['ConfigMap'], ({ data }) =>
    data?.DJANGO_ALLOWED_HOSTS === undefined
      ? []
      : [
          (o) => put(o, 'django.db.backends.sqlite3', 'data', 'SQL_ENGINE'),
          (o) => put(o, 'another', 'data', 'SQL_DATABASE'),
          (o) => put(o, 'elastic', 'data', 'ELASTIC_USER'),
          (o) => put(o, data.SQL_PASSWORD_FILE, 'data', 'SECRET_KEY_FILE'),
          (o) => put(o, data.ELASTIC_PASSWORD_FILE, 'data', 'SQL_PASSWORD_FILE'),
          // A laptop says so already.
          ...(data.DEBUG === '0'
            ? [
                (o: Json) => put(o, '1', 'data', 'DEBUG'),
                (o: Json) => put(o, '*', 'data', 'DJANGO_ALLOWED_HOSTS'),
              ]
            : []),
          ...(data.REQUIRE_REAL_SECRETS === '1'
            ? [(o: Json) => put(o, '0', 'data', 'REQUIRE_REAL_SECRETS')]
            : []),
        ],
  ),
  onContainers('takes the role of another program', ({ env = [] }) =>
    positions(env)
      .filter((i) => /^(SQL_USER|PGUSER|APPLICATION_USER)$/.test(env[i].name))
      .map((i) => (c) => put(c, 'coped_readonly', 'env', i, 'value')),
  ),
  onContainers('moves the data inside its volume', ({ env = [] }) =>
    positions(env)
      .filter((i) => env[i].name === 'PGDATA')
      .map((i) => (c) => put(c, `${env[i].value}-2`, 'env', i, 'value')),
  ),
  onContainers('keeps no backup', ({ env = [] }) =>
    positions(env)
      .filter((i) => env[i].name === 'KEEP')
      .map((i) => (c) => put(c, '0', 'env', i, 'value')),
  ),
  onObjects('leaves a data server open', ['ConfigMap'], ({ data }) =>
    Object.entries<string>(data ?? {}).flatMap(([key, text]) =>
      (
        [
          ['xpack.security.enabled: true', 'xpack.security.enabled: false'],
          ['verification_mode: certificate', 'verification_mode: none'],
          ['client_authentication: required', 'client_authentication: none'],
        ] as const
      ).flatMap(([from, to]) =>
        key.endsWith('.yml') && text.includes(from)
          ? [(o: Json) => put(o, text.replace(from, to), 'data', key)]
          : [],
      ),
    ),
  ),
  onContainers('lets people into PostgreSQL without a password', ({ name, env = [] }) =>
    name === 'postgres'
      ? [(c) => put(c, [...env, { name: 'POSTGRES_HOST_AUTH_METHOD', value: 'trust' }], 'env')]
      : [],
  ),
];
