import type { Recommendation } from './recommendation';

/** What one container may do, and what is mounted into it. */
export const containers: readonly Recommendation[] = [
  { id: 'POD-030', wants: 'A container has a security context.', answer: { checks: ['pod-security'] } },
  {
    id: 'POD-031',
    wants: 'No process may gain more rights than its parent has.',
    answer: { checks: ['pod-security'] },
  },
  { id: 'POD-032', wants: 'No container is privileged.', answer: { checks: ['pod-security'] } },
  {
    id: 'POD-033',
    wants: 'The root file system is read-only.',
    answer: { checks: ['hardening'] },
  },
  {
    id: 'POD-034',
    wants: 'No container gets ALL capabilities, SYS_ADMIN or NET_ADMIN.',
    answer: { checks: ['pod-security'] },
  },
  {
    id: 'POD-035',
    wants: 'No container gets another capability that leads to more.',
    answer: { checks: ['pod-security', 'hardening'] },
  },
  {
    id: 'POD-036',
    wants: 'The capabilities that every container starts with are dropped.',
    answer: { checks: ['pod-security'] },
  },
  {
    id: 'POD-042',
    wants: 'No directory of the node is mounted for writing.',
    answer: { checks: ['pod-security'], but: 'Nor for reading.' },
  },
  {
    id: 'POD-043',
    wants: "No file with the node's cloud credentials is mounted.",
    answer: { checks: ['pod-security'] },
  },
  {
    id: 'POD-044',
    wants: "No container runtime's socket is mounted.",
    answer: { checks: ['pod-security'] },
  },
  {
    id: 'POD-045',
    wants: 'No part of a volume is mounted with `subPath`.',
    answer: { checks: ['sub-path'] },
  },
  {
    id: 'POD-046',
    wants: 'No container is a process of a Windows node.',
    answer: { checks: ['pod-security'] },
  },
];
