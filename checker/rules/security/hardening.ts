import { containers, listOf, type Workload, workloads } from '../../manifests/workloads';
import { inWords, type Versions } from '../../pod-security/versions';
import { violations } from '../../pod-security/violations';
import { rule } from '../../rule';
import { type Field, fieldFindings } from '../fields';

const isUnprivilegedId = (value: unknown): boolean => Number.isInteger(value) && Number(value) > 0;

const FS_GROUP: Field = [
  'securityContext.fsGroup',
  (value) => value !== undefined && !isUnprivilegedId(value) && 'gives the volumes to the group of root',
  'Use the group of the process',
];

/** Of the container alone. */
const OF_CONTAINERS: readonly Field[] = [
  [
    'securityContext.readOnlyRootFilesystem',
    (value) => value !== true && 'lets an intruder change the program',
    'Set it to true and mount an emptyDir where the program has to write',
  ],
  [
    'securityContext.capabilities.add',
    // The only one that the standard lets back in.
    (value) => listOf(value).includes('NET_BIND_SERVICE') && 'gives a capability of root back',
    'Remove it and listen on a port above 1023',
  ],
];

/** Of the container, or of its pod where the container says nothing. */
const OF_EITHER: readonly Field[] = [
  [
    'runAsUser',
    // Root itself is refused by the standard.
    (value) => !Number.isInteger(value) && 'is not the number of a user',
    "Set the image's user as a number above 0: the kubelet cannot prove that a name is not root",
  ],
  [
    'runAsGroup',
    (value) => !isUnprivilegedId(value) && 'is not the number of an unprivileged group',
    "Set it to a number above 0; without it the image's group counts, which is often root's",
  ],
  [
    'seccompProfile.type',
    (value) => value === 'Localhost' && 'is a filter of system calls that only prepared nodes have',
    'Set it to RuntimeDefault',
  ],
];

export const hardening = rule({
  id: 'hardening',
  severity: 'warning',
  what: 'A container can change its own programs, or its manifest does not set the user it runs as.',
  why: 'Pod Security asks for neither a read-only root nor a numeric user and group. The first stops an intruder from changing the program; without the second the image decides, and the kubelet refuses an image that names its user.',
  remedy: 'Build the pod with the blocks of lib/kubernetes, which are hardened.',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  find: ({ manifests }) =>
    workloads(manifests).map((workload) => [
      fieldFindings(workload.podPath, workload.pod, [FS_GROUP]),
      containers(workload).map(({ path, spec }) => [
        fieldFindings(path, spec, OF_CONTAINERS),
        fieldFindings(
          `${path}.securityContext`,
          { ...workload.pod.securityContext, ...stated(spec.securityContext) },
          OF_EITHER,
        ),
      ]),
    ]),
});

/** Without fields that are null, which Kubernetes reads as left out. */
const stated = (fields: object = {}): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

export const podSecurity = rule({
  id: 'pod-security',
  severity: 'warning',
  what: 'A pod violates Pod Security `restricted`, in some version of Kubernetes from 1.27 to 1.37.',
  why: 'Admission looks at pods only: a Deployment that breaks the standard is accepted, and its pods are never created. The standard changes with the version, so an upgrade of the cluster can be what stops them.',
  remedy: 'Build the pod with the blocks of lib/kubernetes, which are hardened.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  find: ({ manifests }) =>
    workloads(manifests).flatMap(({ annotations, pod, podPath }) => {
      // The path of the pod: that of its spec, without the last step.
      const at = podPath.slice(0, -'spec'.length);
      return violations({ metadata: { annotations }, spec: pod }).map(
        ({ control: { wrong, remedy }, path, value, versions }) => ({
          where: at + path,
          value,
          wrong: wrong + refusal(versions),
          remedy,
        }),
      );
    }),
});

const refusal = (versions: Versions): string => {
  const when = inWords(versions);
  return when === '' ? '' : `, which is refused ${when}`;
};

export const podIdentity = rule({
  id: 'pod-identity',
  severity: 'warning',
  what: 'A pod has no account of its own, a token for the Kubernetes API, or the addresses of all Services in its environment.',
  why: 'No workload here talks to that API, so only an intruder would use a token; and a Service named `redis` turns REDIS_PORT into `tcp://…`.',
  remedy:
    'Give each workload a ServiceAccount and set automountServiceAccountToken and enableServiceLinks to false.',
  link: 'https://kubernetes.io/docs/concepts/security/service-accounts/',
  find: ({ manifests }) => {
    const owners = new Map<string, Workload>();
    return workloads(manifests).map((workload) => {
      const { pod, podPath } = workload;
      const { serviceAccountName: account } = pod;
      const shared = owners.get(account ?? '');
      const isDefault = account === undefined || account === 'default';
      // Pods that share an account also share what is granted to it later.
      if (!isDefault && !shared) owners.set(account, workload);
      return [
        fieldFindings(podPath, pod, IDENTITY),
        (isDefault || (shared && !isOneComponent(shared, workload))) && {
          where: `${podPath}.serviceAccountName`,
          value: account,
          wrong: isDefault ? 'is not an account of its own' : `is the account of ${shared?.name} already`,
          remedy: 'Emit a ServiceAccount of its own and name it here',
        },
      ];
    });
  },
});

/** Commands of one component: nothing else tells their pods apart either. */
const isOneComponent = (one: Workload, other: Workload): boolean =>
  [one, other].every(({ manifest }) => manifest.kind === 'CronJob') &&
  one.labels[COMPONENT] !== undefined &&
  one.labels[COMPONENT] === other.labels[COMPONENT];
const COMPONENT = 'app.kubernetes.io/component';

const IDENTITY: readonly Field[] = [
  [
    'automountServiceAccountToken',
    (value) => value !== false && 'gives every process a token for the Kubernetes API',
    'Set it to false',
  ],
  [
    'enableServiceLinks',
    (value) => value !== false && 'injects variables for every Service of the namespace',
    'Set it to false',
  ],
];
