import type { Check, Finding } from './check';
import { type Workload, workloads } from './workloads';

/**
 * A pod carries an identity of its own and no key to the Kubernetes API. No workload here talks to
 * that API, so a token would serve intruders only; and service links put the address of every Service
 * into every environment, where a Service named `redis` turns REDIS_PORT into `tcp://…`.
 * @see https://kubernetes.io/docs/concepts/security/service-accounts/
 */
export const podIdentity: Check = ({ manifests }) => {
  const owners = new Map<string, string>();
  return workloads(manifests).flatMap((workload) => [
    ...mustBeFalse(
      workload,
      'automountServiceAccountToken',
      'gives every process a key to the Kubernetes API',
    ),
    ...mustBeFalse(workload, 'enableServiceLinks', 'injects variables for every Service of the namespace'),
    ...account(workload, owners),
  ]);
};

const mustBeFalse = ({ pod, podPath }: Workload, field: string, rule: string): Finding[] =>
  pod[field] === false
    ? []
    : [{ where: `${podPath}.${field}`, value: pod[field], rule, remedy: 'Set it to false' }];

/** Shared accounts share whatever somebody grants one of them later. */
function account({ pod, podPath, name }: Workload, owners: Map<string, string>): Finding[] {
  const where = `${podPath}.serviceAccountName`;
  const value = pod.serviceAccountName;
  if (value === undefined || value === 'default') {
    return [
      {
        where,
        value,
        rule: 'is not an account of its own',
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
          rule: `is the account of ${owner} already`,
          remedy: 'Emit one ServiceAccount for each',
        },
      ]
    : [];
}
