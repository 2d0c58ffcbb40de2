import { Kubectl } from '../../../cli/cluster/kubectl';
import { requireSecrets } from '../../../cli/deploy/required-secrets';
import { sample } from '../../../lib/applications/sample';
import { production } from '../../../lib/environments/production';
import { parseEnvironments } from '../../../rules/environments';
import { synthesize } from '../../../rules/synthesize';
import { external } from '../../optional';
import { fakeWorld } from '../fake-world';

const credentials = { MAIL_KEY: { secret: 'mail', key: 'api-key', purpose: 'Sends mail.', from: 'Mailjet' } };
const input = { ...production, application: { ...sample, credentials }, cluster: { pullSecrets: ['ghcr'] } };

test.each([
  ['credentials', input],
  ['servers of others', { ...input, ...external }],
])('says of every Secret that is missing how to bring it, before anything is applied: %s', async (_, input) => {
  const world = fakeWorld(({ line }) =>
    line.startsWith('get secrets') ? { stdout: 'django secret-key\n' } : undefined,
  );
  const [environment] = parseEnvironments([input]);
  if (!environment) throw new Error('it is no environment');
  const manifests = synthesize([input]).flatMap(({ files }) => files.flatMap((file) => file.manifests));
  const kubectl = new Kubectl('coped-production', 'coped-production', world.execute);
  const refused = requireSecrets({ world, kubectl, environment }, manifests);
  const { message, next } = await refused.catch((error) => error);
  expect(`\n${message}\n${next}\n`).toMatchSnapshot();
});
