import type { ApiObject } from '../../../cli/cluster/kubectl';
import { find, manifestsOf, named } from '../../support';
import { type Answer, type Call, fakeWorld } from '../fake-world';

const manifests = manifestsOf(named('production'));
const objects: Record<string, object> = {
  'get --ignore-not-found --output=json deployment web': find(manifests, 'Deployment', 'web'),
  'get --ignore-not-found --output=json cronjob migrate': find(manifests, 'CronJob', 'migrate'),
};

const isCommand = ({ line }: Call) => /^exec .*manage\.py/.test(line);

function world(...answers: Answer[]) {
  const own = fakeWorld(...answers, (call) => {
    const { line } = call;
    if (objects[line]) return objects[line];
    if (/^(create|delete|exec)/.test(line)) return '';
    return line.startsWith('get --output=json pod ') ? { status: { phase: 'Running' } } : undefined;
  });
  return own;
}

const production = ['manage', 'production', '--'];

test('runs the command in a pod of its own, with everything that was typed, and removes the pod', async () => {
  const own = world();
  expect(await own.coped(...production, 'loaddata', '--format', 'json', '-')).toBe(0);
  const command = own.calls.find(isCommand);
  expect(command?.line).toMatch(/^exec --stdin manage-\w+ -- python manage.py loaddata --format json -$/);
  expect(command?.options).toEqual({ attached: true });
  const created: ApiObject = JSON.parse(
    String(own.calls.find(({ line }) => line.startsWith('create'))?.options.input),
  );
  expect(created.metadata.labels).toMatchObject({
    'app.kubernetes.io/component': 'migrate',
    'coped.org/one-off': 'manage',
  });
  expect(own.calls.at(-1)?.line).toMatch(/^delete pod manage-/);
  expect(own.calls.every(({ args }) => args[0] !== 'get' && !args.includes('use-context'))).toBe(true);
});

test('the network is waited for before the command', async () => {
  const own = world();
  await own.coped(...production, 'check');
  const lines = own.calls.map(({ line }) => line.split('\n')[0] ?? '');
  const waits = lines.findIndex((line) => line.includes('python -c'));
  expect(waits).toBeGreaterThan(0);
  expect(waits).toBeLessThan(lines.findIndex((line) => line.includes('manage.py')));
});

test.each([
  [1, /ended with exit code 1\n.*is above/],
  [7, /ended with exit code 7/],
  [137, /ended with exit code 137\n.*memory/],
])('a command that ends with %i fails, and the pod goes', async (code, message) => {
  const own = world((call) => (isCommand(call) ? { code } : undefined));
  expect(await own.coped(...production, 'shell')).toBe(1);
  expect(own.errors()).toMatch(message);
  expect(own.calls.at(-1)?.line).toMatch(/^delete pod/);
});

test('nothing is run where there is no web', async () => {
  const own = world(({ line }) => (line.includes('deployment web') ? { stdout: '' } : undefined));
  expect(await own.coped(...production, 'shell')).toBe(1);
  expect(own.errors()).toContain('See `npx coped status production`');
  expect(own.calls.some(({ line }) => line.startsWith('create'))).toBe(false);
});

test('in development the pod keeps the labels of web, and is never ready', async () => {
  const web = find(manifestsOf(named('development')), 'Deployment', 'web');
  const own = world(({ line }) => {
    if (line.includes('deployment web')) return web;
    return line.includes('cronjob migrate') ? { stdout: '' } : undefined;
  });
  expect(await own.coped('manage', 'development', '--', 'check')).toBe(0);
  const pod: ApiObject = JSON.parse(
    String(own.calls.find(({ line }) => line.startsWith('create'))?.options.input),
  );
  expect(pod.metadata.labels['app.kubernetes.io/component']).toBe('web');
  expect(pod.spec.readinessGates).toHaveLength(1);
});

test('the wrong cluster is refused before anything is asked of it', async () => {
  const own = world();
  expect(await own.coped('manage', 'production', '--context', 'kind-coped', '--', 'flush')).toBe(2);
  expect(own.calls.map(({ line }) => line)).toEqual(['config view --output=json']);
});

test('`coped shell` is `coped manage -- shell`, in the local environment by default', async () => {
  const own = world();
  expect(await own.coped('shell', 'production')).toBe(0);
  const command = own.calls.find(isCommand);
  expect(command?.line).toMatch(/^exec --stdin manage-\w+ -- python manage.py shell$/);
  expect(command?.args).toContain('--namespace=coped-production');
  const local = world();
  expect(await local.coped('shell')).toBe(0);
  expect(local.calls.find(isCommand)?.args).toContain('--namespace=coped-development');
});
