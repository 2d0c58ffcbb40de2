import { workloads } from '../../manifests/workloads';
import { inWords, type Versions } from '../../pod-security/versions';
import { violations } from '../../pod-security/violations';
import { rule } from '../../rule';

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
