import type { Finding } from './check';
import { rule } from './rule';
import { containers, dig, type Json, type Workload, workloads } from './workloads';

/** What must hold for a field, and what to say where it does not. */
interface Demand {
  readonly field: string;
  readonly holds: (value: Json) => boolean;
  readonly wrong: string;
  readonly remedy: string;
}

const isTrue = (value: Json) => value === true;
const isAbsent = (value: Json) => value === undefined || value === false;
const isUnprivilegedId = (value: Json) => Number.isInteger(value) && value > 0;

/** Of the pod: nothing of the node is shared with it. */
const OF_PODS: readonly Demand[] = [
  ...['hostNetwork', 'hostPID', 'hostIPC'].map((field) => ({
    field,
    holds: isAbsent,
    wrong: 'shares a namespace of the node with the pod',
    remedy: 'Remove it',
  })),
  {
    field: 'securityContext.fsGroup',
    holds: (value) => value === undefined || isUnprivilegedId(value),
    wrong: 'gives the volumes to the group of root',
    remedy: 'Use the group of the process',
  },
  {
    field: 'securityContext.sysctls',
    holds: (value) => value === undefined || value.length === 0,
    wrong: 'changes kernel settings',
    remedy: 'Remove it; what the node needs is documented for the people who run the node',
  },
];

/** Of the container alone. */
const OF_CONTAINERS: readonly Demand[] = [
  {
    field: 'securityContext.privileged',
    holds: isAbsent,
    wrong: 'makes the container root of the node',
    remedy: 'Remove it',
  },
  {
    field: 'securityContext.allowPrivilegeEscalation',
    holds: (value) => value === false,
    wrong: 'lets a process gain rights that its parent did not have',
    remedy: 'Set it to false',
  },
  {
    field: 'securityContext.capabilities.drop',
    holds: (value) => Array.isArray(value) && value.includes('ALL'),
    wrong: 'keeps capabilities of root',
    remedy: 'Set it to [ALL]',
  },
  {
    field: 'securityContext.capabilities.add',
    holds: (value) => value === undefined || value.length === 0,
    wrong: 'gives capabilities of root back',
    remedy: 'Remove it; listen on a port above 1023 instead of adding NET_BIND_SERVICE',
  },
  {
    field: 'securityContext.readOnlyRootFilesystem',
    holds: isTrue,
    wrong: 'lets an intruder change the program',
    remedy: 'Set it to true and mount an emptyDir where the program has to write',
  },
  {
    field: 'securityContext.procMount',
    holds: (value) => value === undefined || value === 'Default',
    wrong: 'shows the container more of /proc than others see',
    remedy: 'Remove it',
  },
];

/** Of the container, or of its pod where the container says nothing. */
const OF_EITHER: readonly Demand[] = [
  {
    field: 'securityContext.runAsNonRoot',
    holds: isTrue,
    wrong: 'lets the container run as root',
    remedy: 'Set it to true',
  },
  {
    field: 'securityContext.runAsUser',
    holds: isUnprivilegedId,
    wrong: 'is not the number of an unprivileged user',
    remedy: "Set the image's user as a number above 0: the kubelet cannot prove that a name is not root",
  },
  {
    field: 'securityContext.runAsGroup',
    holds: isUnprivilegedId,
    wrong: 'is not the number of an unprivileged group',
    remedy: "Set it to a number above 0; without it the image's group counts, which is often root's",
  },
  {
    field: 'securityContext.seccompProfile.type',
    holds: (value) => value === 'RuntimeDefault',
    wrong: 'allows every system call',
    remedy: 'Set it to RuntimeDefault',
  },
];

/** Everything else reaches around the pod, above all hostPath. */
const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

export const podSecurity = rule({
  id: 'pod-security',
  what: 'A pod is not what Pod Security `restricted` admits, or can change its own programs.',
  why: 'Admission looks at pods only: a Deployment that breaks the rules is accepted, and its pods never come. A read-only root and a numeric user and group are asked for on top.',
  remedy: 'Build the pod with the blocks of lib/kubernetes, which are hardened.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  find: ({ manifests }) =>
    workloads(manifests).flatMap((workload) => [
      ...OF_PODS.flatMap((demand) => broken(demand, workload.podPath, dig(workload.pod, demand.field))),
      ...volumes(workload),
      ...containers(workload).flatMap(({ path, spec }) => [
        ...OF_CONTAINERS.flatMap((demand) => broken(demand, path, dig(spec, demand.field))),
        ...OF_EITHER.flatMap((demand) =>
          broken(demand, path, dig(spec, demand.field) ?? dig(workload.pod, demand.field)),
        ),
        ...hostPorts(path, spec),
      ]),
    ]),
});

const broken = ({ field, holds, wrong, remedy }: Demand, path: string, value: Json): Finding[] =>
  holds(value) ? [] : [{ where: `${path}.${field}`, value, wrong, remedy }];

const hostPorts = (path: string, container: Json): Finding[] =>
  (container.ports ?? [])
    .filter(({ hostPort }: Json) => hostPort !== undefined)
    .map(({ name, containerPort, hostPort }: Json) => ({
      where: `${path}.ports[${name ?? containerPort}].hostPort`,
      value: hostPort,
      wrong: 'opens a port of the node',
      remedy: 'Remove it and use a Service or an Ingress',
    }));

const volumes = ({ pod, podPath }: Workload): Finding[] =>
  (pod.volumes ?? []).flatMap(({ name, ...source }: Json) =>
    Object.keys(source)
      .filter((type) => !VOLUMES.includes(type))
      .map((type) => ({
        where: `${podPath}.volumes[${name}]`,
        value: type,
        wrong: 'is a type of volume that a restricted pod may not have',
        remedy: `Use one of: ${VOLUMES.join(', ')}`,
      })),
  );
