import { kindOf, mayMakeOthers } from '../../manifests/kinds';
import type { Manifest } from '../../manifests/manifest';
import { nameOf, ofKind } from '../../manifests/workloads';
import { rule } from '../../rule';

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
  severity: 'warning',
  what: 'An object is outside the namespace of the environment, or that namespace belongs to the cluster or does not enforce `restricted`.',
  why: 'Without the label, pods that are added later need not be hardened; in a namespace of the cluster, the permissions and policies of all users mix.',
  remedy: 'Emit one Namespace with pod-security.kubernetes.io/enforce: restricted, and everything inside it.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
  acrossNamespaces: true,
  find: ({ manifests }) => {
    const [own, ...more] = ofKind(manifests, 'Namespace');
    const { name, labels } = own?.metadata ?? {};
    const single = own !== undefined && more.length === 0;
    const level = labels?.[ENFORCE];
    return [
      !single && {
        where: 'Namespace',
        value: own && [own, ...more].map(({ metadata }) => metadata.name),
        wrong: own ? 'are several namespaces; an environment has one' : 'is missing',
        remedy: 'Emit exactly one Namespace',
      },
      single &&
        isOfTheCluster(name) && {
          where: `${nameOf(own)} metadata.name`,
          value: name,
          wrong: BELONGS,
          remedy: 'Create a namespace for the environment',
        },
      single &&
        level !== 'restricted' && {
          where: `${nameOf(own)} metadata.labels[${ENFORCE}]`,
          value: level,
          wrong: level === undefined ? 'is missing' : 'admits pods that are not restricted',
          remedy: 'Set it to restricted',
        },
      manifests
        .filter((manifest) =>
          single
            ? !mayBeOfTheCluster(manifest) && manifest.metadata.namespace !== name
            : isOfTheCluster(manifest.metadata.namespace),
        )
        .map((manifest) => ({
          where: `${nameOf(manifest)} metadata.namespace`,
          value: manifest.metadata.namespace,
          wrong: single ? `is not the namespace of the environment, ${name}` : BELONGS,
          remedy: single
            ? 'Build the object inside the chart of its tier, which knows the namespace'
            : 'Put it into the namespace of the environment',
        })),
    ];
  },
});

/** Kinds that are not known here may be of the cluster, where one has no namespace. */
const mayBeOfTheCluster = (manifest: Manifest): boolean =>
  CLUSTER_SCOPED.has(kindOf(manifest)) ||
  (mayMakeOthers(manifest) && manifest.metadata.namespace === undefined);

const BELONGS = 'is a namespace of the cluster, not of an environment';

const isOfTheCluster = (name = ''): boolean => OF_THE_CLUSTER.includes(name);
