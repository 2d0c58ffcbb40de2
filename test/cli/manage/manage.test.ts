import { manifestsOf, named } from '../../support';
import { FakeCluster } from '../fake-cluster';
import type { Call } from '../fake-world';
import { play, type Scenario, scenariosIn } from '../scenario';

/** What is asked of the cluster; of a pod whom it may talk to, and what keeps it from serving, of a program its first line. */
function inShort({ line, options }: Call): string {
  const text = line.replace(/(manage)-[0-9a-f]{8}/, '$1-RANDOM').replace(/\n[\s\S]*\n/, ' …');
  if (!line.startsWith('create')) return `${text}${options.attached ? ', attached' : ''}`;
  const { metadata, spec } = JSON.parse(String(options.input));
  const { 'app.kubernetes.io/component': component, 'coped.org/one-off': name } = metadata.labels;
  return `create a pod for ${name} with the rights of ${component}, ${spec.readinessGates?.length ?? 0} readiness gates`;
}

test.each(Object.entries(scenariosIn<Scenario>(__dirname)))('%s', async (_, scenario) => {
  const there = scenario.run.includes('production') ? 'production' : 'development';
  const cluster = new FakeCluster(...manifestsOf(named(there))).when(/^exec /, '');
  const { screen, world } = await play(cluster, scenario);
  const calls = world.calls.filter(({ line }) => /^(create|exec|delete)/.test(line)).map(inShort);
  expect([screen, ...calls].join('\n')).toMatchSnapshot();
});
