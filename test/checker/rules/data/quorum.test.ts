import { quorum } from '../../../../checker/rules/data/quorum';
import { broken, found } from '../../fixture';

const withNodes = (replicas: number) =>
  broken('StatefulSet/elasticsearch', ({ spec }) => {
    spec.replicas = replicas;
  });

test.each([2, 4])('refuses %d nodes', (replicas) => {
  expect(found(quorum, withNodes(replicas))).toEqual([
    ['StatefulSet/elasticsearch spec.replicas', replicas, 'is even, and masters are elected by majority'],
  ]);
  expect(quorum.find(withNodes(4))[0]?.remedy).toBe('Use 3 or 5');
});

test.each([1, 3, 5])('accepts %d', (replicas) => {
  expect(found(quorum, withNodes(replicas))).toEqual([]);
});

test('offers a number that exists, and leaves others alone', () => {
  expect(quorum.find(withNodes(0))[0]?.remedy).toBe('Use 1');
  const postgres = broken('StatefulSet/postgres', ({ spec }) => {
    spec.replicas = 2;
  });
  expect(found(quorum, postgres)).toEqual([]);
});
