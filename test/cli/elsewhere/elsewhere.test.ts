import { external } from '../../optional';
import { manifestsOf, named } from '../../support';
import { play, type Scenario, scenariosIn } from '../scenario';
import { SecretsCluster } from '../secrets/fake-cluster';

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
