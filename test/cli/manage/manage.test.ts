import { manifestsOf, named } from '../../support';
import { FakeCluster } from '../fake-cluster';

const cluster = (environment = 'production') =>
  new FakeCluster(...manifestsOf(named(environment))).when(/^exec /, '');

/** Runs `coped`; the last command in a pod, and the calls, of a program its first line and what it is given. */
async function ran(there: FakeCluster, ...words: string[]) {
  const pods = there.objects.filter(({ kind }) => kind === 'Pod').length;
  const world = there.world();
  const code = await world.coped(...words);
  const calls = world.calls.map(({ line }) => line.replace(/\n[\s\S]*\n/, ' … '));
  const created = world.calls.find(({ line }) => line.startsWith('create'));
  const left = there.objects.filter(({ kind }) => kind === 'Pod').length - pods;
  return {
    code,
    calls,
    errors: world.errors(),
    command: world.calls.find(({ line }) => line.includes('manage.py')),
    pod: created && JSON.parse(String(created.options.input)),
    left,
  };
}
const manage = (there: FakeCluster, ...words: string[]) => ran(there, 'manage', 'production', '--', ...words);

test('runs the command in a pod of its own, with everything that was typed, and removes the pod', async () => {
  const { code, command, pod, left } = await manage(cluster(), 'loaddata', '--format', 'json', '-');
  expect({ code, left }).toEqual({ code: 0, left: 0 });
  expect(command?.line).toMatch(/^exec --stdin manage-\w+ -- python manage.py loaddata --format json -$/);
  expect(command?.options).toEqual({ attached: true });
  const labels = { 'app.kubernetes.io/component': 'migrate', 'coped.org/one-off': 'manage' };
  expect(pod.metadata.labels).toMatchObject(labels);
});

test('the network is waited for before the command', async () => {
  const { calls } = await manage(cluster(), 'check');
  const waits = calls.findIndex((line) => line.includes('python -c'));
  expect(calls[waits]).toMatch(/… {2}postgres 5432 elasticsearch 9200$/);
  expect(waits).toBeLessThan(calls.findIndex((line) => line.includes('manage.py')));
});

test.each([
  [1, /ended with exit code 1\n.*is above/],
  [7, /ended with exit code 7/],
  [137, /ended with exit code 137\n.*memory/],
])('a command that ends with %i fails, and the pod goes', async (status, message) => {
  const { code, errors, left } = await manage(cluster().when(/manage\.py/, { code: status }), 'shell');
  expect({ code, left }).toEqual({ code: 1, left: 0 });
  expect(errors).toMatch(message);
});

test('nothing is run where there is no web', async () => {
  const { code, errors, pod } = await manage(cluster().remove('Deployment', 'web'), 'shell');
  expect({ code, pod }).toEqual({ code: 1, pod: undefined });
  expect(errors).toContain('See `npx coped status production`');
});

test('in development the pod keeps the labels of web, and is never ready', async () => {
  const { code, pod } = await ran(cluster('development'), 'manage', 'development', '--', 'check');
  expect(code).toBe(0);
  expect(pod.metadata.labels['app.kubernetes.io/component']).toBe('web');
  expect(pod.spec.readinessGates).toHaveLength(1);
});

test('`coped shell` is `coped manage -- shell`, in the local environment by default', async () => {
  const { code, command } = await ran(cluster(), 'shell', 'production');
  expect(code).toBe(0);
  expect(command?.line).toMatch(/^exec --stdin manage-\w+ -- python manage.py shell$/);
  const local = await ran(cluster('development'), 'shell');
  expect(local.command?.args).toContain('--namespace=coped-development');
});
