import { workloads } from '../../manifests/workloads';
import { rule } from '../../rule';
import { fieldFindings } from '../fields';

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
