import { certificateFor } from '../../../cli/backup/drill/authority';
import { Kubectl } from '../../../cli/cluster/kubectl';
import { certificateFindings } from '../../../cli/secrets/certificates';
import { storedSecrets } from '../../../cli/secrets/stored';
import type { Environment } from '../../../lib/environments/environment';
import { parseEnvironments } from '../../../rules/environments';
import { environment as hosted } from '../../e2e/hosted/environment';
import { fakeWorld } from '../fake-world';
import { FakeCluster } from './fake-cluster';

const [environment] = parseEnvironments([hosted]) as [Environment];
const NAMES = ['elasticsearch', 'localhost'];
const DAY = 86_400_000;

/** What is found where these are the certificates; `later` in so many days. */
async function findings(site: object, search: object, later = 0) {
  const cluster = FakeCluster.complete();
  cluster.put('ingress-tls', site as Record<string, string>);
  cluster.put('elasticsearch-tls', search as Record<string, string>);
  // The one call that is not about whole Secrets: names and public parts, in columns.
  const columns = ['ingress-tls', 'elasticsearch-tls'].map(
    (name) => `${name} ${cluster.secrets.get(name)?.data['tls.crt'] ?? '<none>'}`,
  );
  const { execute } = fakeWorld((call) =>
    call.line.includes('custom-columns') ? columns.join('\n') : cluster.answer(call),
  );
  const kubectl = new Kubectl('x', 'y', execute);
  const now = new Date(Date.now() + later * DAY);
  const found = await certificateFindings(kubectl, environment, await storedSecrets(kubectl), now);
  return found.map(({ about, state, reason }) => `${state} ${about} ${reason}`.trim());
}

let site: Awaited<ReturnType<typeof certificateFor>>;
let search: typeof site;
beforeAll(async () => {
  [site, search] = await Promise.all([certificateFor([hosted.host]), certificateFor(NAMES)]);
});

test('good ones that end soon: a warning', async () => {
  expect(await findings(site, search)).toEqual([
    'warning ingress-tls/tls.crt its certificate expires in 6 d',
    'warning elasticsearch-tls/tls.crt its certificate expires in 6 d',
  ]);
});

test('expired', async () => {
  const found = await findings(site, search, 9);
  expect(found[0]).toMatch(/^expired ingress-tls\/tls.crt its certificate expired/);
});

test('for another name', async () => {
  const found = await findings(search, site);
  expect(found).toContain(`wrong ingress-tls/tls.crt its certificate is not for ${hosted.host}`);
  expect(found).toContain('wrong elasticsearch-tls/tls.crt is not for elasticsearch, localhost');
});

test('not of the key beside it, not of the authority beside it', async () => {
  const mixed = await findings(
    { ...site, 'tls.key': search['tls.key'] },
    { ...search, 'ca.crt': site['ca.crt'] },
  );
  expect(mixed).toContain('wrong ingress-tls/tls.crt does not belong to the key beside it, tls.key');
  expect(mixed).toContain('wrong elasticsearch-tls/tls.crt was not signed by the ca.crt beside it');
});

test('missing ones are somebody’s to bring', async () => {
  const { 'ca.crt': _, ...half } = search;
  expect(await findings(site, half)).toContain(
    'missing elasticsearch-tls/ca.crt is missing, and yours to bring',
  );
});
