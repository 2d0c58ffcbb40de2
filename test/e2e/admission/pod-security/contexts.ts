import {
  ALLOWED,
  ALWAYS,
  type Case,
  ofAllContainers,
  ofContainers,
  ofPods,
  type Refused,
  type Row,
} from './case';

/** Security contexts of a pod or of a container. */
const CONTEXTS: readonly Row[] = [
  [{ runAsNonRoot: true }, ALLOWED],
  [{ runAsNonRoot: false }, { runAsNonRoot: ALWAYS }],

  [{ runAsUser: 1 }, ALLOWED],
  [{ runAsUser: 0 }, { runAsUser: ALWAYS }],

  [{ seccompProfile: { type: 'RuntimeDefault' } }, ALLOWED],
  [{ seccompProfile: { type: 'Localhost', localhostProfile: 'web.json' } }, ALLOWED],
  [{ seccompProfile: { type: 'Unconfined' } }, { seccompProfile_restricted: ALWAYS }],

  [{ appArmorProfile: { type: 'RuntimeDefault' } }, ALLOWED],
  [{ appArmorProfile: { type: 'Localhost', localhostProfile: 'web' } }, ALLOWED],
  [{ appArmorProfile: { type: 'Unconfined' } }, { appArmorProfile: ALWAYS }],

  ...['', 'container_t', 'container_init_t', 'container_kvm_t'].map(
    (type): Row => [{ seLinuxOptions: { type } }, ALLOWED],
  ),
  [{ seLinuxOptions: { type: 'container_engine_t' } }, { seLinuxOptions: { before: 31 } }],
  [{ seLinuxOptions: { type: 'spc_t' } }, { seLinuxOptions: ALWAYS }],
  [{ seLinuxOptions: { level: 's0:c123,c456' } }, ALLOWED],
  [{ seLinuxOptions: { user: '', role: '' } }, ALLOWED],
  [{ seLinuxOptions: { user: 'system_u' } }, { seLinuxOptions: ALWAYS }],
  [{ seLinuxOptions: { role: 'system_r' } }, { seLinuxOptions: ALWAYS }],
  [{ seLinuxOptions: { type: 'container_engine_t', role: 'system_r' } }, { seLinuxOptions: ALWAYS }],
];

const security = (securityContext: object): object => ({ securityContext });
const podSecurity = (securityContext: object): object => ({ spec: { securityContext } });

/** What a container that says nothing has from its pod, and what it may say against it. */
const inherited = (field: string, good: unknown, bad: unknown, refused: Refused): Case[] => {
  const silent = podSecurity({ [field]: undefined });
  return [
    ...ofAllContainers([[{}, refused]], silent),
    ...ofAllContainers([[security({ [field]: good }), ALLOWED]], silent),
    ...ofAllContainers([[security({ [field]: bad }), refused]], silent),
    ...ofAllContainers([[security({ [field]: good }), refused]], podSecurity({ [field]: bad })),
    // One says it, another does not.
    ...ofContainers([[security({ [field]: good }), refused]], silent),
  ];
};

const RUNTIME_DEFAULT = { type: 'RuntimeDefault' };
const UNCONFINED = { type: 'Unconfined' };

/** What either a pod or a container says. */
export const contexts: readonly Case[] = [
  ...ofPods(CONTEXTS.map(([context, ...rest]): Row => [podSecurity(context), ...rest])),
  ...ofContainers(CONTEXTS.map(([context, ...rest]): Row => [security(context), ...rest])),
  ...inherited('runAsNonRoot', true, false, { runAsNonRoot: ALWAYS }),
  ...inherited('seccompProfile', RUNTIME_DEFAULT, UNCONFINED, { seccompProfile_restricted: ALWAYS }),
  ...ofAllContainers([[security({ runAsUser: 1 }), { runAsUser: ALWAYS }]], podSecurity({ runAsUser: 0 })),
];
