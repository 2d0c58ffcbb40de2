import { join } from 'node:path';
import { removeNamespace } from '../../../cli/cluster/delete-namespace';
import { executor } from '../../../cli/cluster/execute';
import type { Kubectl } from '../../../cli/cluster/kubectl';
import { until } from '../../../cli/cluster/waiting';
import { loaderOf } from '../../../cli/laptop/images/loaders';
import { changesNothing, nothingForbidden } from '../cluster/applied';
import { leaving } from '../cluster/objects';
import { ready } from '../cluster/workloads';
import { withDist } from '../folder';
import { checkNetwork } from '../network/check-network';
import { checkPages } from '../site/pages';
import { checkFound, create, search, uniqueTitle } from '../site/projects';
import { request, type Site, visit } from '../site/site';
import { underLoad } from '../site/steady-load';
import { checkVisit } from '../site/visitor';
import type { Suite } from '../step';
import { askElasticsearch, createUser, credentials, siteOf } from './access';
import { environment, HOST, model } from './environment';

export async function reapply({ kubectl, report }: Suite): Promise<void> {
  await report.check('no pod was rejected', () => nothingForbidden(kubectl, model.namespace));
  await report.check('a second `kubectl apply` reports everything unchanged', () =>
    withDist(model, (folder) => changesNothing(kubectl, folder)),
  );
}

export async function backup({ kubectl, report }: Suite): Promise<void> {
  const scope = kubectl.in(model.namespace);
  const name = `backup-${Date.now().toString(36)}`;
  await report.check('a dump is written and can be listed', async () => {
    await scope.run(['create', 'job', '--from=cronjob/backup', name]);
    await ready(report, scope, [`Job/${name}`], 180);
    const log = await scope.run(['logs', `job/${name}`]);
    const written = /^wrote (\/backup\/\S+\.dump, \S+)$/m.exec(log);
    if (!written) throw new Error(`the log does not speak of a dump:\n${log}`);
    return written[1];
  });
}

export const network = (suite: Suite): Promise<void> => checkNetwork(suite, model);

/** The namespace is this suite's own, so everything in it may go. */
export async function down({ kubectl, report }: Suite): Promise<void> {
  await report.check(`${model.namespace} is gone`, () =>
    removeNamespace(report, kubectl.in(model.namespace)),
  );
}

const ROOT = join(__dirname, '..', '..', '..');
/** Seconds. Without a cache, the packages of the dashboards alone take minutes. */
const WITHIN = 1200;

const RELEASED = (['django', 'dashboards'] as const).map((name) => ({
  image: environment.images[name] ?? '',
  folder: `app/${name}`,
}));

/** `coped up` brings development's images; releases have their own. */
export const images = (suite: Suite): Promise<void> => imagesOf(suite, RELEASED);

/** Builds images, and loads them into the cluster. */
export async function imagesOf(
  { kubectl, report, settings }: Suite,
  all: readonly { readonly image: string; readonly folder: string }[],
): Promise<void> {
  if (settings.images === 'loaded') return report.note('E2E_IMAGES=loaded: they are in the cluster already');
  const { image: load } = loaderOf(await clusterOf(kubectl));
  for (const { image, folder } of all) {
    await report.check(`${image} of ${folder}`, async () => {
      await program(['docker', 'build', `--tag=${image}`, join(ROOT, folder)]);
      const loading = load(image);
      if (loading) await program(loading);
    });
  }
}

/** The entry of the cluster, not the name of the context: that may be changed. */
async function clusterOf(kubectl: Kubectl): Promise<string> {
  const { contexts } = JSON.parse(await kubectl.run(['config', 'view', '--minify', '--output=json']));
  return contexts[0].context.cluster;
}

async function program([name = '', ...args]: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await executor()(name, args, { within: WITHIN });
  if (code !== 0) throw new Error(`${name} ${args.join(' ')}: exit code ${code}\n${stdout}\n${stderr}`);
}

export async function site(suite: Suite): Promise<void> {
  const { kubectl, report, settings } = suite;
  const home = await siteOf(suite);
  await checkPages(report, home);
  await report.check('plain HTTP leads to HTTPS', () =>
    redirected({ address: settings.ingress, host: HOST }),
  );

  const json = { title: 'This may not be written' };
  const refused = (headers: Record<string, string>) =>
    visit(home, '/api/projects/', { method: 'POST', status: 401, json, headers });
  await report.check('writing without a user is refused', () => refused({}));
  await report.check('and with a wrong password', () => refused(credentials('admin', 'wrong')));

  const title = uniqueTitle();
  await report.check('a user made with createsuperuser may write', async () => {
    const user = await createUser(kubectl.in(model.namespace));
    return `project ${(await create(home, title, user)).id}`;
  });
  await checkFound(report, home, title);
  await checkVisit(report, home, settings.chromium(), title);
}

async function redirected(plain: Site): Promise<string> {
  const { status, headers } = await request(plain, '/');
  const location = String(headers['location'] ?? '');
  if (status >= 300 && status < 400 && location.startsWith(`https://${HOST}`))
    return `${status} to ${location}`;
  throw new Error(`answered ${status}, location "${location}"`);
}

export async function resilience(suite: Suite): Promise<void> {
  const { kubectl, report } = suite;
  const scope = kubectl.in(model.namespace);
  const site = await siteOf(suite);

  await report.check('a rollout of web loses no request', () =>
    underLoad(site, '/', 10, async () => {
      await scope.run(['rollout', 'restart', 'deployment/web']);
      await ready(report, scope, ['Deployment/web'], 300);
      // A pod that leaves serves until the ingress has noticed: the load goes on until the last one is gone.
      await until(report, 'the old pods to leave', () => leaving(scope), { within: 120 });
    }),
  );

  // The one that all others follow: the hardest loss.
  const master = (await askElasticsearch(scope, '/_cat/master?h=node')).trim();
  await report.check(`searches go on while the elected master, ${master}, is replaced`, () =>
    underLoad(site, '/api/search/?q=trial', 2, async () => {
      await scope.run(['delete', 'pod', master], { within: 300 });
      await ready(report, scope, ['StatefulSet/elasticsearch'], 300);
    }),
  );
  await report.check('nothing of the index is lost', async () => {
    const health = JSON.parse(
      await askElasticsearch(scope, '/_cluster/health?wait_for_status=green&timeout=15s'),
    );
    if (health.number_of_nodes !== 3) throw new Error(JSON.stringify(health));
    return `${(await search(site, 'trial')).length} found, cluster ${health.status}`;
  });
}
