import type { Manifest } from '../../manifests/manifest';
import { nameOf, ofKind } from '../../manifests/workloads';
import { type Findings, rule } from '../../rule';

/** Kinds that belong to the cluster and have no namespace. */
const CLUSTER_SCOPED = new Set([
  'APIService',
  'CSIDriver',
  'ClusterIssuer',
  'ClusterRole',
  'ClusterRoleBinding',
  'ClusterSecretStore',
  'CustomResourceDefinition',
  'FlowSchema',
  'GatewayClass',
  'IngressClass',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'MutatingWebhookConfiguration',
  'Namespace',
  'PersistentVolume',
  'PriorityClass',
  'PriorityLevelConfiguration',
  'RuntimeClass',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeSnapshotClass',
]);

/** Namespaces that every cluster has. Objects without a namespace are created in `default`. */
const OF_THE_CLUSTER = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

const ENFORCE = 'pod-security.kubernetes.io/enforce';

export const namespace = rule({
  id: 'namespace',
  what: 'An object is outside the namespace of the environment, or that namespace belongs to the cluster or does not enforce `restricted`.',
  why: 'Without the label, pods that are added later need not be hardened; in a namespace of the cluster, the permissions and policies of all users mix.',
  remedy: 'Emit one Namespace with pod-security.kubernetes.io/enforce: restricted, and everything inside it.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
  find: ({ manifests }) => {
    const [own, ...more] = ofKind(manifests, 'Namespace');
    const placed = (wrong: string, remedy: string, isRight: (object: Manifest) => boolean): Findings =>
      manifests
        .filter((object) => !isRight(object))
        .map((object) => ({
          where: `${nameOf(object)} metadata.namespace`,
          value: object.metadata.namespace,
          wrong,
          remedy,
        }));
    if (!own || more.length > 0) {
      return [
        {
          where: 'Namespace',
          value: own && [own, ...more].map(({ metadata }) => metadata.name),
          wrong: own ? 'are several namespaces; an environment has one' : 'is missing',
          remedy: 'Emit exactly one Namespace',
        },
        placed(
          BELONGS,
          'Put it into the namespace of the environment',
          ({ metadata }) => !isOfTheCluster(metadata.namespace),
        ),
      ];
    }
    const { name, labels } = own.metadata;
    const level = labels?.[ENFORCE];
    const path = `${nameOf(own)} metadata`;
    return [
      isOfTheCluster(name) && {
        where: `${path}.name`,
        value: name,
        wrong: BELONGS,
        remedy: 'Create a namespace for the environment',
      },
      level !== 'restricted' && {
        where: `${path}.labels[${ENFORCE}]`,
        value: level,
        wrong: level === undefined ? 'is missing' : 'admits pods that are not restricted',
        remedy: 'Set it to restricted',
      },
      placed(
        `is not the namespace of the environment, ${name}`,
        'Build the object inside the chart of its tier, which knows the namespace',
        ({ kind, metadata }) => CLUSTER_SCOPED.has(kind) || metadata.namespace === name,
      ),
    ];
  },
});

const BELONGS = 'is a namespace of the cluster, not of an environment';

const isOfTheCluster = (name = ''): boolean => OF_THE_CLUSTER.includes(name);
