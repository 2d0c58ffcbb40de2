import { until } from '../../../cli/cluster/waiting';
import { leaving } from '../cluster/objects';
import { ready } from '../cluster/workloads';
import { search } from '../site/projects';
import { underLoad } from '../site/steady-load';
import type { Suite } from '../step';
import { askElasticsearch, siteOf } from './access';
import { model } from './environment';

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
