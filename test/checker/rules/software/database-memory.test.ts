import { databaseMemory } from '../../../../checker/rules/software/database-memory';
import { broken, found, main } from '../../fixture';

const PATH = 'StatefulSet/postgres spec.template.spec.containers[postgres]';
/** What is wrong with these settings; the container has 256Mi. */
const withSettings = (...settings: string[]) =>
  found(
    databaseMemory,
    broken('StatefulSet/postgres', (postgres) => {
      main(postgres).args = settings.flatMap((setting) => ['-c', setting]);
    }),
  );

test('refuses shared buffers above 40 % of the memory', () => {
  const few = 'max_connections=10';
  expect(withSettings(few, 'shared_buffers=102MB')).toEqual([]);
  expect(withSettings(few, 'shared_buffers=103MB')).toEqual([
    [`${PATH} shared_buffers`, '103MB', 'is more than 40 % of the memory limit, 256Mi'],
  ]);
  // A number alone counts blocks of 8 kB; where nothing is said, it is 128 MB.
  expect(withSettings(few, 'shared_buffers=13107')).toEqual([]);
  expect(withSettings(few, 'shared_buffers=13108')).toHaveLength(1);
  expect(withSettings(few)).toHaveLength(1);
});

test('refuses more connections than can sort at once', () => {
  const buffers = 'shared_buffers=64MB';
  expect(withSettings(buffers, 'max_connections=48')).toEqual([]);
  expect(withSettings(buffers, 'max_connections=49')).toEqual([
    [
      `${PATH} max_connections`,
      '49',
      'times work_mem 4MB and shared_buffers 64MB are 260Mi, more than the memory limit, 256Mi',
    ],
  ]);
  expect(withSettings(buffers, 'max_connections=49', 'work_mem=4012')).toEqual([]);
});

test('accepts exactly 40 %', () => {
  const subject = broken('StatefulSet/postgres', (postgres) => {
    main(postgres).resources.limits.memory = '160Mi';
  });
  expect(found(databaseMemory, subject)).toEqual([]);
});

test('leaves a server without a limit to others', () => {
  const subject = broken('StatefulSet/postgres', (postgres) => {
    delete main(postgres).resources;
    main(postgres).args = ['-c', 'shared_buffers=1TB'];
  });
  expect(found(databaseMemory, subject)).toEqual([]);
});
