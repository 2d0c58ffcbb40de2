import { dig, workloads } from '../../manifests/workloads';
import { rule } from '../../rule';

const PROFILES = ['RuntimeDefault', 'Localhost'];

export const podContext = rule({
  id: 'pod-context',
  what: 'A pod leaves it to each of its containers how it is confined.',
  why: 'Containers come later than reviews: a sidecar that is injected, or `kubectl debug`, takes what the pod says and nothing of what its neighbours say.',
  remedy: "Say it in the pod's securityContext: runAsNonRoot and a seccompProfile.",
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-the-security-context-for-a-pod',
  find: ({ manifests }) =>
    workloads(manifests).flatMap(({ pod, podPath }) => {
      const missing = (field: string, wanted: string) => ({
        where: `${podPath}.securityContext.${field}`,
        value: dig(pod, `securityContext.${field}`),
        wrong: 'is not said by the pod, so a container added later goes without it',
        remedy: `Set it to ${wanted}`,
      });
      return [
        ...(pod.securityContext?.runAsNonRoot === true ? [] : [missing('runAsNonRoot', 'true')]),
        ...(PROFILES.includes(pod.securityContext?.seccompProfile?.type ?? '')
          ? []
          : [missing('seccompProfile.type', 'RuntimeDefault')]),
      ];
    }),
});
