import { ALLOWED, ALWAYS, type Case, ofAllContainers, ofContainers, ofPods } from './case';

/** Windows knows none of these fields, and an API server refuses them there. */
const NOTHING = { securityContext: { allowPrivilegeEscalation: undefined, capabilities: undefined } };
const windows = (securityContext: object, spec: object = {}) => ({
  spec: {
    os: { name: 'windows' },
    securityContext: { seccompProfile: undefined, ...securityContext },
    ...spec,
  },
});
const HOST_PROCESS = { windowsOptions: { hostProcess: true } };
const SHARED = { hostNetwork: true };

export const windowsPods: readonly Case[] = [
  ...ofAllContainers([[NOTHING, ALLOWED]], windows({})),
  ...ofAllContainers([[NOTHING, { runAsNonRoot: ALWAYS }]], windows({ runAsNonRoot: undefined })),
  ...ofAllContainers(
    [[{ securityContext: { capabilities: { drop: [], add: ['SYS_TIME'] } } }, ALLOWED, 'unheard']],
    windows({}),
  ),
  ...ofAllContainers([[NOTHING, ALLOWED]], windows({ windowsOptions: { hostProcess: false } })),
  ...ofAllContainers(
    [[NOTHING, { windowsHostProcess: ALWAYS, hostNamespaces: ALWAYS }]],
    windows(HOST_PROCESS, SHARED),
  ),
  ...ofAllContainers(
    [
      [
        { securityContext: { ...NOTHING.securityContext, ...HOST_PROCESS } },
        { windowsHostProcess: ALWAYS, hostNamespaces: ALWAYS },
      ],
    ],
    windows({}, SHARED),
  ),
  ...ofAllContainers(
    [[NOTHING, { restrictedVolumes: ALWAYS }]],
    windows({}, { volumes: [{ name: 'node', hostPath: { path: 'C:' } }] }),
  ),
  // What does not say that it is for Windows is not.
  ...ofPods([
    [
      { spec: { ...SHARED, securityContext: HOST_PROCESS } },
      { windowsHostProcess: ALWAYS, hostNamespaces: ALWAYS },
    ],
  ]),
  ...ofAllContainers(
    [
      [
        NOTHING,
        {
          allowPrivilegeEscalation: ALWAYS,
          capabilities_restricted: ALWAYS,
          seccompProfile_restricted: ALWAYS,
        },
      ],
    ],
    { spec: { os: { name: 'linux' }, securityContext: { seccompProfile: undefined } } },
  ),
];

const OWN_USERS = { spec: { hostUsers: false } };
const ownUsers = (securityContext: object) => ({ spec: { hostUsers: false, securityContext } });

/** Pods in a user namespace of their own may be root there since 1.35. */
export const userNamespacePods: readonly Case[] = [
  ...ofPods([
    [ownUsers({}), ALLOWED],
    [ownUsers({ runAsUser: 0 }), { runAsUser: { before: 35 } }],
    [ownUsers({ runAsNonRoot: false }), { runAsNonRoot: { before: 35 } }],
    [ownUsers({ runAsNonRoot: undefined }), { runAsNonRoot: { before: 35 } }],
    [ownUsers({ seccompProfile: { type: 'Unconfined' } }), { seccompProfile_restricted: ALWAYS }],
    [{ spec: { hostUsers: true, securityContext: { runAsUser: 0 } } }, { runAsUser: ALWAYS }],
  ]),
  ...ofContainers(
    [
      [{ securityContext: { runAsUser: 0 } }, { runAsUser: { before: 35 } }],
      [{ securityContext: { runAsNonRoot: false } }, { runAsNonRoot: { before: 35 } }],
      // That is relaxed in baseline only.
      [{ securityContext: { procMount: 'Unmasked' } }, { procMount_restricted: ALWAYS }],
      [{ securityContext: { capabilities: { add: ['SYS_TIME'] } } }, { capabilities_restricted: ALWAYS }],
    ],
    OWN_USERS,
  ),
];
