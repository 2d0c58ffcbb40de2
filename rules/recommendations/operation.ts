import type { Recommendation } from './recommendation';

/** What keeps a program running beside others: probes, resources, images. */
export const operation: readonly Recommendation[] = [
  { id: 'REL-001', wants: 'A server says when it is ready.', answer: { checks: ['probes'] } },
  {
    id: 'REL-002',
    wants: 'A server says whether it lives.',
    answer: { checks: ['probes'], but: 'Elasticsearch is excused, as Elastic advises.' },
  },
  {
    id: 'REL-003',
    wants: 'A pod has a PriorityClass.',
    answer: {
      exception:
        'Whose pods go first when machines run out is a decision about everybody on the cluster, and PriorityClasses belong to those who run it.',
    },
  },
  {
    id: 'REL-004',
    wants: 'A pod says which nodes it may run on.',
    answer: {
      exception:
        'Only those who run a cluster know its machines, and a selector that fits none leaves the pod waiting. What matters here is that replicas run on different ones, and they ask for that with topologySpreadConstraints.',
    },
  },
  { id: 'RES-001', wants: 'A container requests memory.', answer: { checks: ['resources'] } },
  { id: 'RES-002', wants: 'A container has a limit of memory.', answer: { checks: ['resources'] } },
  { id: 'RES-003', wants: 'A container requests CPU.', answer: { checks: ['resources'] } },
  {
    id: 'RES-004',
    wants: 'A container has a limit of CPU.',
    answer: {
      exception:
        'A limit slows a program down while its machine is idle, which shows as probes that fail; requests alone divide the CPU fairly when it is scarce. See [decision 6](decisions/0006-no-cpu-limits.md).',
    },
  },
  { id: 'RES-005', wants: 'A container requests disk space.', answer: { checks: ['resources'] } },
  {
    id: 'RES-006',
    wants: 'A container has a limit of disk space.',
    answer: { checks: ['resources'] },
    noScanner: true,
  },
  {
    id: 'RES-007',
    wants: 'A LimitRange gives containers an amount of CPU.',
    answer: { checks: ['limit-range'], but: 'As a request; a limit it may not give, see RES-004.' },
  },
  {
    id: 'RES-008',
    wants: 'A LimitRange gives containers an amount and a limit of memory.',
    answer: { checks: ['limit-range'] },
    noScanner: true,
  },
  { id: 'RES-009', wants: 'A namespace has a ResourceQuota.', answer: { checks: ['quota'] } },
  {
    id: 'SC-001',
    wants: 'Images are pulled at each start, so that one that was replaced is noticed.',
    answer: {
      proof: 'No image can be replaced: a tag that moves is refused, so the copy on a node is the right one.',
      by: 'images',
    },
  },
  { id: 'SC-002', wants: 'An image has a fixed tag or a digest.', answer: { checks: ['images'] } },
  { id: 'WL-001', wants: 'No Pod stands for itself.', answer: { checks: ['naked-pods'] } },
];
