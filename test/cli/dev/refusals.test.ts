import { dev } from '../../../cli/dev/dev';
import { development } from '../../../lib/environments/development';
import { ends } from '../ends';
import { FakeCluster } from '../fake-cluster';
import { fakeWorld } from '../fake-world';
import { web } from './fake-cluster';

test('refuses a hosted environment', async () => {
  const world = fakeWorld();
  await ends(world, 'dev production', 2, 'production runs only the code in its images');
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

test('refuses the context of another environment', () =>
  ends(fakeWorld(), 'dev --context coped-production', 2, 'coped-production'));

/** Without the copy of the code, or without what reloads it. */
function without(volume: string) {
  const deployment = web();
  const [container] = deployment.spec.template.spec.containers;
  container.volumeMounts = container.volumeMounts.filter(({ name }: { name: string }) => name !== volume);
  return deployment;
}

test.each([
  ['nothing is deployed', () => [], 'development is not on kind-coped'],
  ['code is the image’s', () => [without('code')], 'can be edited: it comes from an older release'],
  ['the server does not reload', () => [without('live')], 'it comes from an older release'],
])('fails with the next step where %s', async (_, deployments, message) => {
  const world = new FakeCluster(...deployments()).world();
  await ends(world, 'dev', 1, message);
  expect(world.errors()).toContain('npx coped up');
});
