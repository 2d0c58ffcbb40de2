import { fieldOf } from '../manifests/workloads';
import { type Control, OWN_USERS, WINDOWS } from './control';
import { HOSTS_TO_ASK, SYSCTLS, VOLUMES } from './lists';

const oneOf =
  (...values: unknown[]) =>
  (value: unknown): boolean =>
    values.includes(value);

/**
 * The Pod Security Standard, `restricted`, with everything it takes over from `baseline`. Read from Kubernetes' own
 * code, which is versioned as this table is; what happened before 1.27 is left out. A field that came later, such as
 * `image` of a volume, is checked as newer servers check it by the older rules: the older servers drop it.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export const controls: readonly Control[] = [
  {
    id: 'hostNamespaces',
    of: 'pod',
    fields: ['spec.hostNetwork', 'spec.hostPID', 'spec.hostIPC'],
    allowed: oneOf(undefined, false),
    wrong: 'shares a namespace of the node with the pod',
    remedy: 'Remove it',
  },
  {
    id: 'privileged',
    of: 'containers',
    fields: ['securityContext.privileged'],
    allowed: oneOf(undefined, false),
    wrong: 'makes the container root of the node',
    remedy: 'Remove it',
  },
  {
    id: 'windowsHostProcess',
    of: 'either',
    fields: ['securityContext.windowsOptions.hostProcess'],
    allowed: oneOf(undefined, false),
    wrong: 'runs a process of the node',
    remedy: 'Remove it',
  },
  {
    id: 'allowPrivilegeEscalation',
    of: 'containers',
    fields: ['securityContext.allowPrivilegeEscalation'],
    allowed: oneOf(false),
    except: WINDOWS,
    wrong: 'lets a process gain rights that its parent did not have',
    remedy: 'Set it to false',
  },
  {
    id: 'capabilities_restricted',
    of: 'containers',
    fields: ['securityContext.capabilities.drop'],
    allowed: (value) => Array.isArray(value) && value.includes('ALL'),
    except: WINDOWS,
    wrong: 'keeps capabilities of root',
    remedy: 'Set it to [ALL]',
  },
  {
    id: 'capabilities_restricted',
    of: 'containers',
    fields: ['securityContext.capabilities.add'],
    allowed: (value = []) => Array.isArray(value) && value.every(oneOf('NET_BIND_SERVICE')),
    except: WINDOWS,
    wrong: 'gives capabilities of root back',
    remedy: 'Remove it',
  },
  {
    id: 'runAsNonRoot',
    of: 'either',
    fields: ['securityContext.runAsNonRoot'],
    allowed: oneOf(true),
    except: OWN_USERS,
    wrong: 'lets the container run as root',
    remedy: 'Set it to true',
  },
  {
    id: 'runAsUser',
    of: 'either',
    fields: ['securityContext.runAsUser'],
    allowed: (value) => value !== 0,
    except: OWN_USERS,
    wrong: 'is root',
    remedy: "Set the image's user as a number above 0",
  },
  {
    id: 'seccompProfile_restricted',
    of: 'either',
    fields: ['securityContext.seccompProfile.type'],
    allowed: oneOf('RuntimeDefault', 'Localhost'),
    except: WINDOWS,
    wrong: 'allows every system call',
    remedy: 'Set it to RuntimeDefault',
  },
  {
    id: 'appArmorProfile',
    of: 'either',
    fields: ['securityContext.appArmorProfile.type'],
    allowed: oneOf(undefined, 'RuntimeDefault', 'Localhost'),
    wrong: "turns off the node's AppArmor",
    remedy: 'Remove it, or set it to RuntimeDefault',
  },
  {
    // How it was said before 1.30, and still can be.
    id: 'appArmorProfile',
    of: 'pod',
    fields: ['metadata.annotations[*]'],
    allowed: (value, key) =>
      !key.startsWith('container.apparmor.security.beta.kubernetes.io/') ||
      /^$|^runtime\/default$|^localhost\//.test(String(value)),
    wrong: "turns off the node's AppArmor",
    remedy: 'Remove it',
  },
  {
    id: 'seLinuxOptions',
    of: 'either',
    fields: ['securityContext.seLinuxOptions.type'],
    allowed: oneOf(undefined, '', 'container_t', 'container_init_t', 'container_kvm_t'),
    allowedSince: new Map([['container_engine_t', 31]]),
    wrong: 'is an SELinux type that is not made for containers',
    remedy: 'Remove it',
  },
  {
    id: 'seLinuxOptions',
    of: 'either',
    fields: ['securityContext.seLinuxOptions.user', 'securityContext.seLinuxOptions.role'],
    allowed: oneOf(undefined, ''),
    wrong: 'takes the place of the SELinux user or role of containers',
    remedy: 'Remove it',
  },
  {
    id: 'procMount_restricted',
    of: 'containers',
    fields: ['securityContext.procMount'],
    allowed: oneOf(undefined, 'Default'),
    wrong: 'shows the container more of /proc than others see',
    remedy: 'Remove it',
  },
  {
    id: 'sysctls',
    of: 'pod',
    fields: ['spec.securityContext.sysctls[*].name'],
    allowed: () => false,
    allowedSince: SYSCTLS,
    wrong: 'is a kernel setting that may concern more than this pod',
    remedy: 'Remove it; document what the node needs for its administrators',
  },
  {
    id: 'restrictedVolumes',
    of: 'pod',
    fields: ['spec.volumes[*]'],
    // Without any type it is an emptyDir.
    allowed: (volume) =>
      Object.keys(volume ?? {}).every(
        (key) => key === 'name' || fieldOf(volume, key) === null || VOLUMES.includes(key),
      ),
    wrong: 'has a type that a restricted pod may not have',
    remedy: `Use one of: ${VOLUMES.join(', ')}`,
  },
  {
    id: 'hostPorts',
    of: 'containers',
    fields: ['ports[*].hostPort'],
    allowed: oneOf(undefined, 0),
    wrong: 'opens a port of the node',
    remedy: 'Remove it and use a Service or an Ingress',
  },
  {
    id: 'hostProbesAndHostLifecycle',
    of: 'containers',
    fields: HOSTS_TO_ASK,
    allowed: oneOf(undefined, ''),
    since: 34,
    wrong: 'makes the kubelet probe another host than the pod',
    remedy: 'Remove it; where the server needs a name, send a Host header',
  },
];
