import { fakeWorld } from '../fake-world';

// A secret that a new component has brought, and that no server is told of.
jest.mock('../../../lib/components/secrets', () => {
  const actual = jest.requireActual('../../../lib/components/secrets');
  const broker = {
    component: 'broker',
    secret: 'broker',
    key: 'password',
    purpose: 'Leaves tasks.',
    rotation: [],
    minimum: 16,
  };
  return { ...actual, secrets: [...actual.secrets, broker] };
});

test('a secret that no server is told of is not changed behind the back of those who use it', async () => {
  const world = fakeWorld();
  expect(await world.coped('secrets', 'production', 'rotate', 'broker')).toBe(2);
  expect(world.errors()).toMatch(
    /broker\/password: it cannot be changed while it is used\n.*set broker --replace/,
  );
  // Nothing was looked at but the configuration of kubectl and whether the namespace is being deleted.
  expect(world.calls.map(({ line }) => line)).toEqual([
    'config view --output=json',
    expect.stringMatching(/^get namespace coped-production /),
  ]);
});
