import { storage } from '../../lib/checks/storage';
import type { Json } from '../../lib/checks/workloads';
import { broken, found, good, without } from './fixture';

const DATA = 'StatefulSet/postgres spec.volumeClaimTemplates[data]';
const committed = good().manifests;

const after = (change: (spec: Json) => void) => ({
  ...broken('StatefulSet/postgres', ({ spec }) => change(spec.volumeClaimTemplates[0].spec)),
  committed,
});

test('refuses to shrink a volume of a StatefulSet', () => {
  const subject = after((spec) => {
    spec.resources.requests.storage = '9Gi';
  });
  expect(found(storage, subject)).toEqual([
    [
      `${DATA} spec.resources.requests.storage`,
      '9Gi',
      'is less than the 10Gi committed: Kubernetes answers "Forbidden: field can not be less than previous value", because shrinking would cut data off',
    ],
  ]);
  expect(storage.find(subject)[0]?.remedy).toBe(
    'Keep at least 10Gi. To shrink, dump the data, create a new volume and restore into it',
  );
});

test('refuses to shrink a claim, whatever the unit', () => {
  const subject = broken('PersistentVolumeClaim/backup', ({ spec }) => {
    spec.resources.requests.storage = '20G';
  });
  expect(found(storage, { ...subject, committed })).toHaveLength(1);
});

test('accepts a larger volume, and the same size in other words', () => {
  for (const size of ['11Gi', '10240Mi']) {
    const subject = after((spec) => {
      spec.resources.requests.storage = size;
    });
    expect(found(storage, subject)).toEqual([]);
  }
});

test('refuses another class, and one where there was none', () => {
  const subject = after((spec) => {
    spec.storageClassName = 'slow';
  });
  expect(found(storage, subject)).toEqual([
    [
      `${DATA} spec.storageClassName`,
      'slow',
      'differs from the cluster\'s default, which was committed: Kubernetes answers "Forbidden: spec is immutable", because the data stays in the volume it is in',
    ],
  ]);
});

test.each(['StatefulSet/postgres', 'PersistentVolumeClaim/backup'])('refuses to lose %s', (name) => {
  expect(found(storage, { ...without(name), committed })).toEqual([
    [name, undefined, expect.stringMatching(/^was committed and is gone or renamed/)],
  ]);
});

test('refuses to rename the claims of a StatefulSet', () => {
  const subject = broken('StatefulSet/postgres', ({ spec }) => {
    spec.volumeClaimTemplates[0].metadata.name = 'files';
  });
  expect(found(storage, { ...subject, committed })).toEqual([
    [DATA, undefined, expect.stringMatching(/^was committed and is gone or renamed/)],
  ]);
});

test('has nothing to say about a new environment', () => {
  expect(found(storage, { ...good(), committed: [] })).toEqual([]);
});
