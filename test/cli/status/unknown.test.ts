import { type Cluster, healthy, of, status, worldOf } from './fake-cluster';

// What cannot be read is named, and never called absent.

/** A cluster of which these kinds cannot be listed: kubectl answers with the rest, and an error. */
function without(kinds: readonly string[], error: string, spoil: (cluster: Cluster) => void = () => {}) {
  const cluster = healthy();
  spoil(cluster);
  const kept = cluster.objects.filter(({ kind }) => !kinds.includes(kind));
  return worldOf(cluster, ({ line }) => {
    if (line.startsWith('get deployments,'))
      return { code: 1, stdout: JSON.stringify({ items: kept }), stderr: error };
    const [, plural] = /^get (\w+) --output=name$/.exec(line) ?? [];
    if (plural === undefined) return undefined;
    return kinds.some((kind) => plural.startsWith(kind.toLowerCase().slice(0, 6)))
      ? { code: 1, stderr: error }
      : '';
  });
}

const STARTING =
  'Error from server (ServiceUnavailable): the server is currently unable to handle the request';

test('after a reboot the API server lists some kinds later: what runs is not called absent', async () => {
  const world = without(['Deployment', 'Ingress'], STARTING);
  expect(await world.coped('status', 'production')).toBe(1);
  const output = world.output();
  expect(output).not.toContain('is not there');
  expect(output).not.toContain('is not deployed');
  expect(output).toMatch(/^postgres +1\/1/m);
  expect(output).toMatch(/^web +\? /m);
  expect(output).toMatch(/✘ Deployments: could not be read, so nothing is known of them: .*unable to handle/);
  expect(output).toMatch(/✘ Ingresses: could not be read/);
});

test('a namespace that is being deleted is the one thing to say', async () => {
  const world = worldOf(healthy(), ({ line }) =>
    line.startsWith('get namespace')
      ? { metadata: { deletionTimestamp: '2026-01-02T03:03:50Z' } }
      : undefined,
  );
  expect(await world.coped('status', 'production', '--json')).toBe(1);
  const found = JSON.parse(world.output());
  expect(found).toMatchObject({ deployed: false, fine: false });
  expect(found.problems).toEqual([
    {
      about: 'production',
      reason: expect.stringContaining('is being deleted'),
      next: expect.stringContaining('Wait'),
    },
  ]);
});

test('nor if there is nothing else', async () => {
  const world = without(['Deployment', 'StatefulSet', 'Pod', 'CronJob', 'Ingress', 'Job'], STARTING);
  expect(await world.coped('status', 'production', '--json')).toBe(1);
  const found = JSON.parse(world.output());
  expect(found).toMatchObject({ deployed: true, fine: false, lastBackup: null });
  expect(found.unread).toEqual(expect.arrayContaining(['Deployment', 'StatefulSet', 'CronJob']));
  expect(found.components[0]).toMatchObject({ component: 'postgres', ready: null });
  expect(JSON.stringify(found)).not.toMatch(/is not there|no dump/);
});

test('who may not list a kind is told so', async () => {
  const world = without(
    ['CronJob'],
    'Error from server (Forbidden): cronjobs.batch is forbidden: User "ada"',
  );
  expect(await world.coped('status', 'production')).toBe(1);
  expect(world.output()).toMatch(/✘ CronJobs: could not be read.*forbidden.*\n.*You may not list them/);
  expect(world.output()).toMatch(/last backup +unknown/);
});

test('a component that is gone while another kind cannot be read is still gone', async () => {
  const world = without(['CronJob'], STARTING, (c) => {
    c.objects = c.objects.filter((one) => one !== of(c, 'Deployment', 'web'));
  });
  await world.coped('status', 'production');
  expect(world.output()).toContain('✘ web: is not there');
});

test.each([
  [
    'a release without such a check',
    { code: 2, stderr: 'manage.py search_index: error: unrecognized arguments: --check' },
  ],
  ['an answer that is none', { stdout: 'coped_projects is now …' }],
])('%s: of the search nothing is known, and nothing is wrong', async (_, index) => {
  const { code, output } = await status((c) => {
    c.index = index;
  });
  expect(output).toMatch(/search index +unknown/);
  expect(code).toBe(0);
});

test('who may not look into the namespace of the system is told nothing of DNS', async () => {
  const world = worldOf(healthy(), ({ line }) =>
    line.includes('kube-dns') ? { code: 1, stderr: 'Error from server (Forbidden)' } : undefined,
  );
  expect(await world.coped('status', 'production')).toBe(0);
});
