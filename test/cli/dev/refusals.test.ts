import { dev } from '../../../cli/dev/dev';
import { development } from '../../../lib/environments/development';
import { fakeWorld } from '../fake-world';
import { deployment } from './fake-cluster';

describe('refuses', () => {
  test.each([
    ['production', 'production runs what its images have, and nothing else'],
    ['staging', 'staging runs what its images have, and nothing else'],
  ])('%s', async (name, message) => {
    const world = fakeWorld();
    expect(await world.coped('dev', name)).toBe(2);
    expect(world.errors()).toContain(message);
    expect(world.errors()).toContain('Try it out in development');
    expect(world.calls).toEqual([]);
  });

  test('an environment whose code is that of the image', async () => {
    const world = fakeWorld();
    const environments = [{ ...development, django: { reload: false } }];
    await expect(dev({ ...world, environments }, 'development', { logs: true })).rejects.toMatchObject({
      message: expect.stringContaining('because `django.reload` is off'),
      exitCode: 2,
    });
  });

  test.each(['coped-production', 'nowhere'])('the context %s', async (context) => {
    const world = fakeWorld();
    expect(await world.coped('dev', '--context', context)).toBe(2);
    expect(world.calls.every(({ line }) => line.startsWith('config view'))).toBe(true);
  });
});

describe('fails with the next step where', () => {
  test.each([
    ['nothing is deployed', { items: [] }, 'development is not on kind-coped'],
    [
      'code is the image’s',
      { items: [deployment('web', '/other')] },
      'can be edited: it comes from an older release',
    ],
    ['the server does not notice', { items: [deployment('web', '/app')] }, 'it comes from an older release'],
  ])('%s', async (_, deployments, message) => {
    const world = fakeWorld(({ line }) =>
      line.startsWith('get --output=json deployments') ? deployments : undefined,
    );
    expect(await world.coped('dev')).toBe(1);
    expect(world.errors()).toContain(message);
    expect(world.errors()).toContain('npx coped up');
  });
});
