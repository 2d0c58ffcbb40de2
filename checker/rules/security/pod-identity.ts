import type { PodSpec } from '../../manifests/kubernetes';
import { type Workload, workloads } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';

export const podIdentity = rule({
  id: 'pod-identity',
  what: 'A pod has no account of its own, a token for the Kubernetes API, or the addresses of all Services in its environment.',
  why: 'No workload here talks to that API, so only an intruder would use a token; and a Service named `redis` turns REDIS_PORT into `tcp://…`.',
  remedy:
    'Give each workload a ServiceAccount and set automountServiceAccountToken and enableServiceLinks to false.',
  link: 'https://kubernetes.io/docs/concepts/security/service-accounts/',
  find: ({ manifests }) => {
    const owners = new Map<string, string>();
    return workloads(manifests).flatMap((workload) => [
      ...mustBeFalse(
        workload,
        'automountServiceAccountToken',
        'gives every process a token for the Kubernetes API',
      ),
      ...mustBeFalse(workload, 'enableServiceLinks', 'injects variables for every Service of the namespace'),
      ...account(workload, owners),
    ]);
  },
});

const mustBeFalse = ({ pod, podPath }: Workload, field: keyof PodSpec, wrong: string): Finding[] =>
  pod[field] === false
    ? []
    : [{ where: `${podPath}.${field}`, value: pod[field], wrong, remedy: 'Set it to false' }];

/** Pods that share an account also share what is granted to it later. */
function account({ pod, podPath, name }: Workload, owners: Map<string, string>): Finding[] {
  const where = `${podPath}.serviceAccountName`;
  const value = pod.serviceAccountName;
  if (value === undefined || value === 'default') {
    return [
      {
        where,
        value,
        wrong: 'is not an account of its own',
        remedy: 'Emit a ServiceAccount and name it here',
      },
    ];
  }
  const owner = owners.get(value);
  owners.set(value, owner ?? name);
  return owner
    ? [
        {
          where,
          value,
          wrong: `is the account of ${owner} already`,
          remedy: 'Emit one ServiceAccount for each',
        },
      ]
    : [];
}
