import { dev } from '../../../cli/dev/dev';
import { development } from '../../../lib/environments/development';
import { FakeCluster } from '../fake-cluster';
import { fakeWorld } from '../fake-world';
import { play } from '../scenario';
import { web } from './fake-cluster';

/** Without the copy of the code, or without what reloads it. */
function without(volume: string) {
  const deployment = web();
  const [container] = deployment.spec.template.spec.containers;
  container.volumeMounts = container.volumeMounts.filter(({ name }: { name: string }) => name !== volume);
  return deployment;
}

test.each([
  ['a hosted environment', 'dev production', []],
  ['the context of another environment', 'dev --context coped-production', []],
  ['nothing is deployed', 'dev', []],
  ['the code is that of the image', 'dev', [without('code')]],
  ['the server does not reload', 'dev', [without('live')]],
])('refuses, with the next step: %s', async (_, run, deployments) => {
  expect((await play(new FakeCluster(...deployments), { run })).screen).toMatchSnapshot();
});

test('refuses an environment whose code is that of the image', async () => {
  const environments = [{ ...development, django: { reload: false } }];
  const attempt = dev({ ...fakeWorld(), environments }, 'development', { logs: true });
  await expect(attempt).rejects.toMatchObject({
    message: expect.stringContaining('because `django.reload` is off'),
    exitCode: 2,
  });
});
