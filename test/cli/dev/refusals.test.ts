import { dev } from '../../../cli/dev/dev';
import { development } from '../../../lib/environments/development';
import { fakeWorld } from '../fake-world';
import { deployment } from './fake-cluster';

test('refuses a hosted environment', async () => {
  const world = fakeWorld();
  expect(await world.coped('dev', 'production')).toBe(2);
  expect(world.errors()).toContain('production runs what its images have, and nothing else');
  expect(world.errors()).toContain('Try it out in development');
  expect(world.calls).toEqual([]);
});

test('refuses an environment whose code is that of the image', async () => {
  const environments = [{ ...development, django: { reload: false } }];
  const attempt = dev({ ...fakeWorld(), environments }, 'development', { logs: true });
  await expect(attempt).rejects.toMatchObject({
    message: expect.stringContaining('because `django.reload` is off'),
    exitCode: 2,
  });
});

test('refuses the context of another environment', async () => {
  const world = fakeWorld();
  expect(await world.coped('dev', '--context', 'coped-production')).toBe(2);
  expect(world.calls.every(({ line }) => line.startsWith('config view'))).toBe(true);
});

test.each([
  ['nothing is deployed', [], 'development is not on kind-coped'],
  ['code is the image’s', [deployment('web', '/other')], 'can be edited: it comes from an older release'],
  ['the server does not reload', [deployment('web', '/app')], 'it comes from an older release'],
])('fails with the next step where %s', async (_, items, message) => {
  const world = fakeWorld(({ line }) =>
    line.startsWith('get --output=json deployments') ? { items } : undefined,
  );
  expect(await world.coped('dev')).toBe(1);
  expect(world.errors()).toContain(message);
  expect(world.errors()).toContain('npx coped up');
});
