import type { Kubectl } from '../../../cli/cluster/kubectl';
import { until } from '../../../cli/cluster/waiting';
import { ready } from '../cluster/workloads';
import { search } from '../site/projects';
import { allAnswered, underLoad } from '../site/steady-load';
import type { Step } from '../step';
import { askElasticsearch } from './elasticsearch';
import { model } from './environment';
import { siteOf } from './site';
import { podsOf } from './waiting-pods';

export const resilience: Step = {
  name: 'hosted-resilience',
  about: 'what visitors notice of a rollout and of a lost search node',
  suite: 'deep',
  why: 'faults, under load',
  lane: 'hosted',
  alone: true,
  needs: ['hosted-up'],
  async run(suite) {
    const { kubectl, report } = suite;
    const scope = kubectl.in(model.namespace);
    const site = await siteOf(suite);

    await report.check('a rollout of web loses no request', async () => {
      const load = await underLoad(site, '/', 10, async () => {
        await scope.run(['rollout', 'restart', 'deployment/web']);
        await ready(report, scope, ['Deployment/web'], 300);
        // A pod that leaves serves until the ingress has noticed: the load goes on until the last one is gone.
        await until(report, 'the old pods to leave', () => leaving(scope), { within: 120 });
      });
      return allAnswered(load);
    });

    // The one that all others follow: the hardest loss.
    const master = (await askElasticsearch(scope, '/_cat/master?h=node')).trim();
    await report.check(`searches go on while the elected master, ${master}, is replaced`, async () => {
      const load = await underLoad(site, '/api/search/?q=trial', 2, async () => {
        await scope.run(['delete', 'pod', master], { within: 300 });
        await ready(report, scope, ['StatefulSet/elasticsearch'], 300);
      });
      return allAnswered(load);
    });
    await report.check('nothing of the index is lost', async () => {
      const health = JSON.parse(
        await askElasticsearch(scope, '/_cluster/health?wait_for_status=green&timeout=15s'),
      );
      if (health.number_of_nodes !== 3) throw new Error(JSON.stringify(health));
      return `${(await search(site, 'trial')).length} found, cluster ${health.status}`;
    });
  },
};

async function leaving(kubectl: Kubectl): Promise<string | undefined> {
  const pods = (await podsOf(kubectl, 'web')).filter(({ metadata }) => metadata.deletionTimestamp);
  return pods.length > 0 ? pods.map(({ metadata }) => metadata.name).join(', ') : undefined;
}
