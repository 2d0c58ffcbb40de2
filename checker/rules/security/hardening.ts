import { containers, dig, workloads } from '../../manifests/workloads';
import { inWords, type Versions } from '../../pod-security/versions';
import { violations } from '../../pod-security/violations';
import { rule } from '../../rule';
import { fieldFindings } from '../fields';

/** What must hold for a field, and the finding where it does not. */
interface Demand {
  readonly field: string;
  readonly holds: (value: unknown) => boolean;
  readonly wrong: string;
  readonly remedy: string;
}

const isUnprivilegedId = (value: unknown): boolean => Number.isInteger(value) && Number(value) > 0;

const OF_PODS: readonly Demand[] = [
  {
    field: 'securityContext.fsGroup',
    holds: (value) => value === undefined || isUnprivilegedId(value),
    wrong: 'gives the volumes to the group of root',
    remedy: 'Use the group of the process',
  },
];

/** Of the container alone. */
const OF_CONTAINERS: readonly Demand[] = [
  {
    field: 'securityContext.readOnlyRootFilesystem',
    holds: (value) => value === true,
    wrong: 'lets an intruder change the program',
    remedy: 'Set it to true and mount an emptyDir where the program has to write',
  },
  {
    field: 'securityContext.capabilities.add',
    // The only one that the standard lets back in.
    holds: (value) => !(Array.isArray(value) && value.includes('NET_BIND_SERVICE')),
    wrong: 'gives a capability of root back',
    remedy: 'Remove it and listen on a port above 1023',
  },
];

/** Of the container, or of its pod where the container says nothing. */
const OF_EITHER: readonly Demand[] = [
  {
    field: 'securityContext.runAsUser',
    // Root itself is refused by the standard.
    holds: Number.isInteger,
    wrong: 'is not the number of a user',
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
    holds: (value) => value !== 'Localhost',
    wrong: 'is a filter of system calls that only prepared nodes have',
    remedy: 'Set it to RuntimeDefault',
  },
];

export const hardening = rule({
  id: 'hardening',
  what: 'A container can change its own programs, or its manifest does not set the user it runs as.',
  why: 'Pod Security asks for neither a read-only root nor a numeric user and group. The first stops an intruder from changing the program; without the second the image decides, and the kubelet refuses an image that names its user.',
  remedy: 'Build the pod with the blocks of lib/kubernetes, which are hardened.',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  find: ({ manifests }) =>
    workloads(manifests).flatMap((workload) => [
      ...OF_PODS.flatMap((demand) => broken(demand, workload.podPath, dig(workload.pod, demand.field))),
      ...containers(workload).flatMap(({ path, spec }) => [
        ...OF_CONTAINERS.flatMap((demand) => broken(demand, path, dig(spec, demand.field))),
        ...OF_EITHER.flatMap((demand) =>
          broken(demand, path, dig(spec, demand.field) ?? dig(workload.pod, demand.field)),
        ),
      ]),
    ]),
});

const broken = ({ field, holds, wrong, remedy }: Demand, path: string, value: unknown) =>
  fieldFindings(path, [[field, value, !holds(value) && wrong, remedy]]);

export const podSecurity = rule({
  id: 'pod-security',
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
  what: 'A pod has no account of its own, a token for the Kubernetes API, or the addresses of all Services in its environment.',
  why: 'No workload here talks to that API, so only an intruder would use a token; and a Service named `redis` turns REDIS_PORT into `tcp://…`.',
  remedy:
    'Give each workload a ServiceAccount and set automountServiceAccountToken and enableServiceLinks to false.',
  link: 'https://kubernetes.io/docs/concepts/security/service-accounts/',
  find: ({ manifests }) => {
    const owners = new Map<string, string>();
    return workloads(manifests).flatMap(({ pod, podPath, name }) => {
      const { automountServiceAccountToken: token, enableServiceLinks: links, serviceAccountName } = pod;
      const shared = owners.get(serviceAccountName ?? '');
      const isDefault = serviceAccountName === undefined || serviceAccountName === 'default';
      // Pods that share an account also share what is granted to it later.
      if (!isDefault && !shared) owners.set(serviceAccountName, name);
      return fieldFindings(podPath, [
        [
          'automountServiceAccountToken',
          token,
          token !== false && 'gives every process a token for the Kubernetes API',
          'Set it to false',
        ],
        [
          'enableServiceLinks',
          links,
          links !== false && 'injects variables for every Service of the namespace',
          'Set it to false',
        ],
        [
          'serviceAccountName',
          serviceAccountName,
          isDefault ? 'is not an account of its own' : shared && `is the account of ${shared} already`,
          'Emit a ServiceAccount of its own and name it here',
        ],
      ]);
    });
  },
});
