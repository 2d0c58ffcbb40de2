import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { yamlOf } from '../../yaml';
import { play, type Scenario } from '../scenario';
import { SecretsCluster } from './fake-cluster';

// Secrets that others make, and logins of registries: credentials.yaml has an application, what is typed, and the screen beside it.

type Case = Scenario & { readonly complete?: true };
const { usual, cases } = yamlOf<{ usual: Partial<Case>; cases: Readonly<Record<string, Case>> }>(
  __dirname,
  'credentials.yaml',
);

test.each(Object.entries(cases))('%s', async (_, { complete, ...scenario }) => {
  const cluster = complete ? SecretsCluster.complete() : new SecretsCluster();
  const folder = mkdtempSync(join(tmpdir(), 'coped-credentials-'));
  const run = `${scenario.run} --context coped-production`;
  const { screen } = await play(cluster, { ...usual, ...scenario, run }, folder);
  expect(`\n${screen}\n`).toMatchSnapshot();
});
