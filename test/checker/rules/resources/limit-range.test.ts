import type { Json } from '../../../../checker/manifests/manifest';
import { limitRange } from '../../../../checker/rules/resources/limit-range';
import { broken, found, without } from '../../fixture';

const DEFAULTS = { type: 'Container', default: { memory: '256Mi' }, defaultRequest: { cpu: '50m' } };

const withLimits = (...limits: Json[]) =>
  broken('LimitRange/limits', ({ spec }) => {
    spec.limits = [DEFAULTS, ...limits];
  });

test('misses a limit range', () => {
  expect(found(limitRange, without('LimitRange/limits'))).toEqual([
    ['LimitRange', undefined, 'is missing, so a container without resources has no bounds'],
  ]);
});

test.each([
  ['defaultRequest.cpu', { default: { memory: '1Gi' } }, 'counts as needing none'],
  ['defaultRequest.memory', { default: { cpu: '1' }, max: {} }, 'counts as needing none'],
  ['default.memory', { defaultRequest: { cpu: '50m', memory: '1Gi' } }, 'may take all of its node'],
  ['default.memory', { min: { cpu: '50m', memory: '1Gi' } }, 'may take all of its node'],
])('misses %s in %j', (field, limits, wrong) => {
  const subject = broken('LimitRange/limits', ({ spec }) => {
    spec.limits = [
      { type: 'Container', ...limits },
      { type: 'Pod', max: { cpu: '8', memory: '8Gi' } },
    ];
  });
  expect(found(limitRange, subject)).toContainEqual([
    `LimitRange spec.limits[Container].${field}`,
    undefined,
    `is missing, so a container that states none ${wrong}`,
  ]);
});

test.each([
  { max: { memory: '1Gi' }, min: { cpu: '50m' } },
  { default: { memory: '256Mi' }, defaultRequest: { cpu: '50m', memory: '64Mi' } },
])('accepts the defaults that follow from %j', (limits) => {
  const subject = broken('LimitRange/limits', ({ spec }) => {
    spec.limits = [{ type: 'Container', ...limits }];
  });
  expect(found(limitRange, subject)).toEqual([]);
});

test('refuses containers outside it', () => {
  const subject = withLimits({ type: 'Container', min: { cpu: '101m' }, max: { memory: '255Mi' } });
  const wheres = found(limitRange, subject);
  expect(wheres).toContainEqual([
    'Deployment/web spec.template.spec.containers[web].resources.requests.cpu',
    '0.1',
    'is below what LimitRange/limits allows, 101m',
  ]);
  expect(wheres).toContainEqual([
    'CronJob/backup spec.jobTemplate.spec.template.spec.containers[backup].resources.limits.memory',
    '256Mi',
    'is above what LimitRange/limits allows, 255Mi',
  ]);
  expect(wheres).toHaveLength(2 * 6);
});

test('accepts what is exactly on its bounds', () => {
  const bounds = { min: { cpu: '100m', memory: '128Mi' }, max: { memory: '256Mi' } };
  expect(found(limitRange, withLimits({ type: 'Container', ...bounds }))).toEqual([]);
});

test('refuses pods outside it', () => {
  const subject = withLimits({ type: 'Pod', max: { memory: '255Mi' } });
  expect(found(limitRange, subject)).toHaveLength(5);
});

test('refuses claims outside it', () => {
  const subject = withLimits({
    type: 'PersistentVolumeClaim',
    min: { storage: '15Gi' },
    max: { storage: '25Gi' },
  });
  expect(found(limitRange, subject)).toEqual([
    [
      'StatefulSet/postgres spec.volumeClaimTemplates[data].resources.requests.storage',
      '10240Mi',
      'is below what LimitRange/limits allows, 15Gi',
    ],
    [
      'StatefulSet/elasticsearch spec.volumeClaimTemplates[data].resources.requests.storage',
      '30720Mi',
      'is above what LimitRange/limits allows, 25Gi',
    ],
  ]);
});

test.each(['max', 'default'])('refuses %s.cpu, which would limit the CPU of everybody', (field) => {
  expect(found(limitRange, withLimits({ type: 'Container', [field]: { cpu: '8' } }))).toEqual([
    [
      `LimitRange/limits spec.limits[Container].${field}.cpu`,
      '8',
      'becomes the CPU limit of every container, which have none on purpose',
    ],
  ]);
});
