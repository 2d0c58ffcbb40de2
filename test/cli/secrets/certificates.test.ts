import { Kubectl } from '../../../cli/cluster/kubectl';
import { certificateFor, type KeyPair } from '../../../cli/drill/authority';
import { certificateFindings } from '../../../cli/secrets/certificates';
import { storedSecrets } from '../../../cli/secrets/stored-secret';
import type { Environment } from '../../../lib/environments/environment';
import { parseEnvironments } from '../../../rules/environments';
import { environment as hosted } from '../../e2e/hosted/environment';
import { SecretsCluster } from './fake-cluster';

const [environment] = parseEnvironments([hosted]) as [Environment];
const DAY = 86_400_000;

type Files = Partial<KeyPair>;
let site: KeyPair;
let search: KeyPair;
beforeAll(async () => {
  site = await certificateFor([hosted.host]);
  search = await certificateFor(['elasticsearch', 'localhost']);
});

/** Findings where these are the certificates; `later` in so many days. */
async function findings(ingress: Files, elasticsearch: Files, later = 0): Promise<string[]> {
  const cluster = new SecretsCluster();
  const encoded = Object.entries({ 'ingress-tls': ingress, 'elasticsearch-tls': elasticsearch }).map(
    ([name, files]) => {
      cluster.put(name, { ...files });
      return `${name} ${cluster.get('Secret', name).data['tls.crt']}`;
    },
  );
  const world = cluster.when(/custom-columns/, encoded.join('\n')).world();
  const kubectl = new Kubectl('x', 'y', world.execute);
  const now = () => new Date(Date.now() + later * DAY);
  const found = await certificateFindings(
    { world: { ...world, now }, kubectl, environment },
    await storedSecrets(kubectl),
  );
  return found.map(({ about, state, reason }) => `${state} ${about} ${reason}`);
}

test('valid ones that expire soon are warnings', async () => {
  expect(await findings(site, search)).toEqual([
    'warning ingress-tls/tls.crt its certificate expires in 6 d',
    'warning elasticsearch-tls/tls.crt its certificate expires in 6 d',
  ]);
});

test('expired', async () => {
  const [first] = await findings(site, search, 9);
  expect(first).toMatch(/^expired ingress-tls\/tls.crt its certificate expired/);
});

test('for another name', async () => {
  const found = await findings(search, site);
  expect(found).toContain(`wrong ingress-tls/tls.crt its certificate is not for ${hosted.host}`);
  expect(found).toContain('wrong elasticsearch-tls/tls.crt is not for elasticsearch, localhost');
});

test('with another key, of another authority, or incomplete', async () => {
  const mixed = { ...search, 'ca.crt': site['ca.crt'] };
  expect(await findings({ ...site, 'tls.key': search['tls.key'] }, mixed)).toEqual(
    expect.arrayContaining([
      'wrong ingress-tls/tls.crt does not match its key, tls.key',
      'wrong elasticsearch-tls/tls.crt was not signed by ca.crt of the same Secret',
    ]),
  );
  const { 'ca.crt': _, ...half } = search;
  expect(await findings(site, half)).toContain(
    'missing elasticsearch-tls/ca.crt is missing; you have to provide it',
  );
});
