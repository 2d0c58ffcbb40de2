import type { Recommendation } from './recommendation';

/** What pods say of themselves and of all of their containers. */
export const pods: readonly Recommendation[] = [
  {
    id: 'POD-002',
    wants: 'A pod has another ServiceAccount than `default`.',
    answer: { checks: ['pod-identity'] },
  },
  {
    id: 'POD-003',
    wants: 'A pod gets no token for the Kubernetes API that it does not need.',
    answer: { checks: ['pod-identity'] },
  },
  { id: 'POD-008', wants: 'No pod sees the processes of its node.', answer: { checks: ['pod-security'] } },
  {
    id: 'POD-009',
    wants: 'No pod shares memory with the processes of its node.',
    answer: { checks: ['pod-security'] },
  },
  { id: 'POD-010', wants: 'No pod uses the network of its node.', answer: { checks: ['pod-security'] } },
  { id: 'POD-011', wants: 'No container opens a port of its node.', answer: { checks: ['pod-security'] } },
  {
    id: 'POD-014',
    wants: 'A pod names an AppArmor profile.',
    answer: {
      exception:
        "Not every node's kernel has AppArmor, and one that has none refuses the pod. Where there is AppArmor, a pod that names no profile gets the runtime's own.",
    },
  },
  {
    id: 'POD-015',
    wants: 'System calls of every container are filtered by seccomp.',
    answer: { checks: ['pod-security'] },
  },
  { id: 'POD-016', wants: 'A pod has a security context.', answer: { checks: ['pod-context'] } },
  { id: 'POD-017', wants: 'No container may run as root.', answer: { checks: ['pod-security'] } },
  {
    id: 'POD-018',
    wants: 'The user is a number other than 0.',
    answer: { checks: ['pod-security', 'hardening'] },
  },
  {
    id: 'POD-019',
    wants: 'The group is a number other than 0.',
    answer: { checks: ['hardening'] },
  },
  { id: 'POD-021', wants: 'No pod changes settings of the kernel.', answer: { checks: ['pod-security'] } },
  {
    id: 'POD-022',
    wants: 'One at least of seccomp, AppArmor and SELinux confines a container.',
    answer: { checks: ['pod-security'], but: 'By seccomp, which every node has.' },
  },
  {
    id: 'POD-023',
    wants: 'The pod itself names its seccomp profile.',
    answer: { checks: ['pod-context'] },
    noScanner: true,
  },
  {
    id: 'POD-025',
    wants: 'No secret is in an environment variable.',
    answer: { checks: ['secrets', 'secret-variables'] },
  },
];
