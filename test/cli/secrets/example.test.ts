import { join } from 'node:path';
import { environments } from '../../../examples/coped';
import { production } from '../../../examples/coped/production';
import { yamlOf } from '../../yaml';
import { play, type Scenario } from '../scenario';
import { temporaryFolder } from '../temporary';
import { SecretsCluster } from './fake-cluster';

const EXAMPLE = join(__dirname, '..', '..', '..', 'examples', 'coped');
const folder = temporaryFolder();
type Case = Scenario & { readonly complete?: true };

test.each(Object.entries(yamlOf<Readonly<Record<string, Case>>>(__dirname, 'example.yaml')))('%s', async (_, {
  complete,
  ...scenario
}) => {
  const cluster = complete ? SecretsCluster.complete(production) : new SecretsCluster();
  const run = `${scenario.run} --context coped-production`;
  const { screen } = await play(cluster, { ...scenario, run, environments, root: EXAMPLE }, folder('.'));
  expect(`\n${screen}\n`).toMatchSnapshot();
});
