import { retention } from '../../../../checker/rules/one-field';
import { broken, found } from '../../fixture';

const keeping = (policy: object, fakeSecrets = false) => ({
  ...broken('StatefulSet/postgres', ({ spec }) => {
    spec.persistentVolumeClaimRetentionPolicy = policy;
  }),
  fakeSecrets,
});

test.each(['whenDeleted', 'whenScaled'])('finds volumes that go with what used them: %s', (when) => {
  expect(found(retention, keeping({ [when]: 'Delete' }))).toEqual([
    [
      `StatefulSet/postgres spec.persistentVolumeClaimRetentionPolicy.${when}`,
      'Delete',
      'deletes its data without asking',
    ],
  ]);
  expect(found(retention, keeping({ [when]: 'Delete' }, true))).toEqual([]);
});

test('finds nothing where they are kept', () => {
  expect(found(retention, keeping({ whenDeleted: 'Retain', whenScaled: 'Retain' }))).toEqual([]);
});
