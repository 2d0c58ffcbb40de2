import { ALLOWED, ALWAYS, type Row } from './case';

const security = (securityContext: object): object => ({ securityContext });
const http = (host?: string) => ({ httpGet: { port: 8000, host } });
const tcp = (host?: string) => ({ tcpSocket: { port: 8000, host } });

/** What only containers have. */
export const containerRows: readonly Row[] = [
  [{}, ALLOWED],

  [security({ privileged: false }), ALLOWED],
  // An API server does not let it be privileged and not escalate.
  [
    security({ privileged: true, allowPrivilegeEscalation: true }),
    { privileged: ALWAYS, allowPrivilegeEscalation: ALWAYS },
  ],
  [security({ privileged: true }), { privileged: ALWAYS }, 'unheard'],

  [security({ allowPrivilegeEscalation: true }), { allowPrivilegeEscalation: ALWAYS }],
  [security({ allowPrivilegeEscalation: undefined }), { allowPrivilegeEscalation: ALWAYS }],

  [security({ capabilities: undefined }), { capabilities_restricted: ALWAYS }],
  [security({ capabilities: { drop: undefined } }), { capabilities_restricted: ALWAYS }],
  [security({ capabilities: { drop: [] } }), { capabilities_restricted: ALWAYS }],
  [security({ capabilities: { drop: ['NET_RAW', 'SYS_ADMIN'] } }), { capabilities_restricted: ALWAYS }],
  [security({ capabilities: { drop: ['all'] } }), { capabilities_restricted: ALWAYS }],
  [security({ capabilities: { drop: ['KILL', 'ALL'] } }), ALLOWED],
  [security({ capabilities: { add: [] } }), ALLOWED],
  [security({ capabilities: { add: ['NET_BIND_SERVICE'] } }), ALLOWED],
  // Of the container runtime's own set, so baseline lets it pass.
  [security({ capabilities: { add: ['CHOWN'] } }), { capabilities_restricted: ALWAYS }],
  [security({ capabilities: { add: ['NET_BIND_SERVICE', 'NET_RAW'] } }), { capabilities_restricted: ALWAYS }],
  [security({ capabilities: { add: ['SYS_TIME'] } }), { capabilities_restricted: ALWAYS }],

  [security({ readOnlyRootFilesystem: false, runAsGroup: 0 }), ALLOWED],
  [{ securityContext: undefined }, { allowPrivilegeEscalation: ALWAYS, capabilities_restricted: ALWAYS }],

  [security({ procMount: 'Default' }), ALLOWED],
  [security({ procMount: 'Unmasked' }), { procMount_restricted: ALWAYS }, 'unheard'],

  [{ ports: [{ containerPort: 8000 }] }, ALLOWED],
  [{ ports: [{ containerPort: 8000, hostPort: 0 }] }, ALLOWED],
  [{ ports: [{ containerPort: 8000, hostPort: 8000 }] }, { hostPorts: ALWAYS }],
  [
    { ports: [{ containerPort: 8000 }, { containerPort: 53, hostPort: 53, protocol: 'UDP' }] },
    { hostPorts: ALWAYS },
  ],

  ...['startupProbe', 'readinessProbe', 'livenessProbe'].flatMap((probe): Row[] => [
    [{ [probe]: http() }, ALLOWED],
    [{ [probe]: http('') }, ALLOWED],
    [{ [probe]: tcp() }, ALLOWED],
    [{ [probe]: { exec: { command: ['true'] } } }, ALLOWED],
    [{ [probe]: { grpc: { port: 8000 } } }, ALLOWED],
    ...['127.0.0.1', 'example.org', '169.254.169.254'].flatMap((host): Row[] => [
      [{ [probe]: http(host) }, { hostProbesAndHostLifecycle: { since: 34 } }],
      [{ [probe]: tcp(host) }, { hostProbesAndHostLifecycle: { since: 34 } }],
    ]),
  ]),
  ...['postStart', 'preStop'].flatMap((hook): Row[] => [
    [{ lifecycle: { [hook]: http() } }, ALLOWED],
    [{ lifecycle: { [hook]: { sleep: { seconds: 5 } } } }, ALLOWED],
    [{ lifecycle: { [hook]: http('example.org') } }, { hostProbesAndHostLifecycle: { since: 34 } }],
    [{ lifecycle: { [hook]: tcp('example.org') } }, { hostProbesAndHostLifecycle: { since: 34 } }],
  ]),
];
