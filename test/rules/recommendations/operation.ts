import { withMore, without } from '../../checker/fixture';
import { container, object, pod, type Violation } from './violation';

const unstated = (id: string, bound: string, resource: string): Violation[] => [
  container(id, 'of a server', ({ resources }) => {
    delete resources[bound][resource];
  }),
  pod(id, 'of what runs before it', ({ initContainers }) => {
    delete initContainers[0].resources[bound][resource];
  }),
];

const limits = (id: string, how: string, item: object): Violation =>
  object(id, how, 'LimitRange/limits', ({ spec }) => {
    spec.limits = [{ type: 'Container', ...item }];
  });

const image = (how: string, reference: string): Violation =>
  container('SC-002', how, (spec) => {
    spec.image = reference;
  });

export const operation: readonly Violation[] = [
  container('REL-001', 'none', (spec) => {
    delete spec.readinessProbe;
  }),
  object('REL-001', 'of a database', 'StatefulSet/postgres', ({ spec }) => {
    delete spec.template.spec.containers[0].readinessProbe;
  }),
  container('REL-002', 'none', (spec) => {
    delete spec.livenessProbe;
  }),
  ...unstated('RES-001', 'requests', 'memory'),
  ...unstated('RES-002', 'limits', 'memory'),
  ...unstated('RES-003', 'requests', 'cpu'),
  ...unstated('RES-005', 'requests', 'ephemeral-storage'),
  ...unstated('RES-006', 'limits', 'ephemeral-storage'),
  ['RES-007', 'no LimitRange', () => without('LimitRange/limits')],
  limits('RES-007', 'one that says nothing of CPU', { default: { memory: '256Mi' } }),
  ['RES-008', 'no LimitRange', () => without('LimitRange/limits')],
  limits('RES-008', 'one that says nothing of memory', { defaultRequest: { cpu: '50m' } }),
  limits('RES-008', 'one without a limit', { defaultRequest: { cpu: '50m', memory: '64Mi' } }),
  ['RES-009', 'no ResourceQuota', () => without('ResourceQuota/quota')],
  object('RES-009', 'one that limits nothing', 'ResourceQuota/quota', ({ spec }) => {
    spec.hard = {};
  }),
  image('latest', 'docker.io/coped/web:latest'),
  image('no tag', 'docker.io/coped/web'),
  image('a tag that moves', 'docker.io/coped/web:stable'),
  ['WL-001', 'a Pod', () => withMore(['v1', 'Pod', 'debug', { spec: { containers: [] } }])],
];
