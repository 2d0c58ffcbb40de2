import { until } from '../../../cli/cluster/waiting';
import { versionsOf } from '../cluster/objects';
import { ready } from '../cluster/workloads';
import { checkFound, create, uniqueTitle } from '../site/projects';
import type { Suite } from '../step';
import { model, throughIngress } from './model';

const PODS = ['postgres-0', 'elasticsearch-0'];

export async function dataSurvives({ kubectl, settings, report }: Suite): Promise<void> {
  const scope = kubectl.in(model.namespace);
  const site = throughIngress(settings);
  const title = uniqueTitle();
  await report.check('a project is created before', async () => `number ${(await create(site, title)).id}`);
  await report.check('new pods take the place of the deleted ones', async () => {
    const before = await versionsOf(scope, 'pods');
    await scope.run(['delete', 'pods', ...PODS], { within: 300 });
    const missing = async () => {
      const fresh = (await versionsOf(scope, 'pods')).filter((pod) => !before.includes(pod));
      const open = PODS.filter((name) => !fresh.some((pod) => pod.startsWith(`Pod/${name} `)));
      return open.join(', ') || undefined;
    };
    await until(report, 'new pods', missing, { within: 60 });
    await ready(report, scope, ['StatefulSet/postgres', 'StatefulSet/elasticsearch'], 300);
  });
  await checkFound(report, site, title, 60);
}
