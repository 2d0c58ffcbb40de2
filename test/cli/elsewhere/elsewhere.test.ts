import { external } from '../../optional';
import { environments, manifestsOf, named } from '../../support';
import { Machine } from '../doctor/machine';
import { play, type Scenario, scenariosIn } from '../scenario';
import { SecretsCluster } from '../secrets/fake-cluster';
import { Healthy } from '../status/production';

type Case = Scenario & { readonly complete?: true };

test.each(Object.entries(scenariosIn<Case>(__dirname)))('%s', async (_, { complete, ...scenario }) => {
  const cluster = complete ? SecretsCluster.complete() : new SecretsCluster();
  if (scenario.run.startsWith('manage')) cluster.add(...manifestsOf(named('production')));
  // YAML has no undefined.
  const without = scenario.production && { backup: undefined };
  const context = scenario.run.includes('production') ? ' --context coped-production' : '';
  const [words, ...more] = scenario.run.split(' -- ');
  const { screen, world } = await play(cluster, {
    ...scenario,
    run: [`${words}${context}`, ...more].join(' -- '),
    production: { ...external, ...without },
  });
  const waits = world.calls.flatMap(({ line }) => /^exec [\s\S]*\n\s*(.*)$/.exec(line)?.[1] ?? []);
  expect([screen, ...waits].join('\n')).toMatchSnapshot();
});

const theirs = environments.map((one) =>
  one.kind === 'hosted' && one.name === 'production' ? { ...one, ...external } : one,
);

test('status looks for no pod and no certificate of theirs, and says whom to ask about the search', async () => {
  const cluster = new Healthy();
  for (const { kind, metadata } of [...cluster.objects])
    if (/^(postgres|elasticsearch)/.test(metadata.name)) cluster.remove(kind, metadata.name);
  delete cluster.certificates['elasticsearch-tls'];
  cluster.index = { code: 1, stderr: 'CommandError: The search index could not be read: refused' };
  const world = cluster.world(theirs);
  expect(await world.coped('status', 'production')).toBe(1);
  expect(world.output()).toMatchSnapshot();
});

test('doctor looks for no disks where there are none', async () => {
  const machine = new Machine();
  machine.remove('StorageClass');
  const world = Object.assign(machine.world(theirs), { listens: async () => true });
  await world.coped('doctor', 'production', '--no-canary');
  expect(world.output()).not.toContain('storage class');
});
