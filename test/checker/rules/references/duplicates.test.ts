import { duplicates } from '../../../../checker/rules/one-field';
import { found, good, withMore } from '../../fixture';

test('refuses a second object of the same kind and name', () => {
  expect(found(duplicates, withMore(['v1', 'Service', 'web', {}]))).toEqual([
    ['Service/web metadata.name', 'web', 'names two objects of kind Service'],
  ]);
});

test('does not take another version of the same API for another object', () => {
  const subject = withMore(['autoscaling/v1', 'HorizontalPodAutoscaler', 'web', {}]);
  expect(found(duplicates, subject)).toHaveLength(1);
});

test('allows one name for different kinds, and for one kind of different groups', () => {
  expect(found(duplicates, good())).toEqual([]);
  const foreign = withMore(
    ['traefik.io/v1alpha1', 'Service', 'web', {}],
    ['example.org/v1', 'Service', 'web', {}],
  );
  expect(found(duplicates, foreign)).toEqual([]);
});
