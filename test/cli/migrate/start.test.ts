import { migrating, PENDING } from './fake-cluster';

const YES = ['migrate', 'production', '--yes', '--context', 'coped-production'];
const stuck = { pods: ['Pending'], end: 'Complete' } as const;

// Every look at the clock is a minute later than the one before.
beforeEach(() => {
  let now = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => {
    now += 60_000;
    return now;
  });
});
afterEach(() => jest.restoreAllMocks());

test('what cannot start is told and removed: nothing of it has run, and it would stand in the way', async () => {
  const world = migrating(stuck);
  expect(await world.coped(...YES)).toBe(1);
  expect(world.errors()).toMatch(
    /could not start: waited 300 s .*\n.*It was removed, the tables are as they were/,
  );
  expect(world.calls.map(({ line }) => line)).toContainEqual(
    expect.stringMatching(/^delete job migrate-20260102-030405 /),
  );
});

test('what may have started in the meantime is left alone', async () => {
  const world = migrating(stuck, PENDING, ({ line }) =>
    line.startsWith('get pods')
      ? { items: [{ metadata: { name: 'pod-0' }, status: { phase: 'Running' } }] }
      : undefined,
  );
  expect(await world.coped(...YES)).toBe(1);
  expect(world.errors()).toMatch(/stays in the cluster.*--follow/);
  expect(world.calls.some(({ line }) => line.startsWith('delete job'))).toBe(false);
});
