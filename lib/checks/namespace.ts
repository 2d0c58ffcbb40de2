import { rule } from './rule';
import { nameOf, ofKind } from './workloads';

/** Kinds that belong to the cluster and have no namespace. */
const CLUSTER_SCOPED = [
  'ClusterIssuer',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'IngressClass',
  'Namespace',
  'PersistentVolume',
  'PriorityClass',
  'StorageClass',
];

const ENFORCE = 'pod-security.kubernetes.io/enforce';

export const namespace = rule({
  id: 'namespace',
  what: 'Something is outside the one namespace of the environment, or that namespace does not enforce `restricted`.',
  why: "Without the label the hardening of today's pods protects nobody from tomorrow's.",
  remedy: 'Emit one Namespace with pod-security.kubernetes.io/enforce: restricted, and everything inside it.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
  find: ({ manifests }) => {
    const [own, ...more] = ofKind(manifests, 'Namespace');
    if (!own || more.length > 0) {
      return [
        {
          where: 'Namespace',
          value: own && [own, ...more].map(({ metadata }) => metadata.name),
          wrong: own ? 'are several namespaces; an environment has one' : 'is missing',
          remedy: 'Emit exactly one Namespace',
        },
      ];
    }
    const level = own.metadata.labels?.[ENFORCE];
    return [
      ...(level === 'restricted'
        ? []
        : [
            {
              where: `${nameOf(own)} metadata.labels[${ENFORCE}]`,
              value: level,
              wrong: level === undefined ? 'is missing' : 'lets pods in that are not restricted',
              remedy: 'Set it to restricted',
            },
          ]),
      ...manifests
        .filter(
          ({ kind, metadata }) => !CLUSTER_SCOPED.includes(kind) && metadata.namespace !== own.metadata.name,
        )
        .map((manifest) => ({
          where: `${nameOf(manifest)} metadata.namespace`,
          value: manifest.metadata.namespace,
          wrong: `is not the namespace of the environment, ${own.metadata.name}`,
          remedy: 'Build the object inside the chart of its tier, which knows the namespace',
        })),
    ];
  },
});
