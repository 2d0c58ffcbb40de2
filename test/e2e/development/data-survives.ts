import type { Kubectl } from '../../../cli/cluster/kubectl';
import { until } from '../../../cli/cluster/waiting';
import { ready } from '../cluster/workloads';
import { checkFound, create, uniqueTitle } from '../site/projects';
import type { Step } from '../step';
import { model } from './model';
import { throughIngress } from './site';

const PODS = ['postgres-0', 'elasticsearch-0'];

export const dataSurvives: Step = {
  name: 'development-data-survives',
  about: 'the pods of PostgreSQL and Elasticsearch are deleted',
  suite: 'deep',
  why: 'an outage: both servers stop and start again',
  lane: 'development',
  needs: ['development-up'],
  async run({ kubectl, settings, report }) {
    const scope = kubectl.in(model.namespace);
    const site = throughIngress(settings);
    const title = uniqueTitle();
    await report.check('a project is created before', async () => `number ${(await create(site, title)).id}`);
    await report.check('new pods take the place of the deleted ones', async () => {
      const before = await identities(scope);
      await scope.run(['delete', 'pods', ...PODS], { within: 300 });
      await until(
        report,
        'new pods',
        async () => {
          const now = await identities(scope);
          const old = PODS.filter((_, i) => !now[i] || now[i] === before[i]);
          return old.length > 0 ? old.join(', ') : undefined;
        },
        { within: 60 },
      );
      await ready(report, scope, ['StatefulSet/postgres', 'StatefulSet/elasticsearch'], 300);
    });
    await checkFound(report, site, title, 60);
  },
};

const identities = (kubectl: Kubectl): Promise<(string | undefined)[]> =>
  Promise.all(
    PODS.map(async (pod) => {
      const { code, stdout } = await kubectl.attempt([
        'get',
        'pod',
        pod,
        '--output=jsonpath={.metadata.uid}',
      ]);
      return code === 0 ? stdout : undefined;
    }),
  );
