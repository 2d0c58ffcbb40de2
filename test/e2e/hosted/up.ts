import type { Kubectl } from '../../../cli/cluster/kubectl';
import { until } from '../../../cli/cluster/waiting';
import { ready, workloadNames } from '../cluster/workloads';
import type { Step } from '../step';
import { FOUNDATION, withDist } from './dist';
import { removeEnvironment } from './down';
import { askElasticsearch } from './elasticsearch';
import { model } from './environment';
import { secretObjects } from './secrets';
import { notAtTheGate, podsOf } from './waiting-pods';

const RELEASED = ['web', 'api'];
const MINUTES = 10;

export const up: Step = {
  name: 'hosted-up',
  about: `production's shape, from an empty namespace to a site, with a migration by hand`,
  suite: 'core',
  why: "production's shape is what users rely on",
  lane: 'hosted',
  needs: ['hosted-images'],
  async run(suite) {
    const { kubectl, report } = suite;
    const scope = kubectl.in(model.namespace);
    await removeEnvironment(suite);
    const applied = await report.check(
      'namespace, secrets, certificates and everything else are applied',
      () => withDist((folder) => apply(kubectl, folder)),
    );
    if (!applied) return;

    const names = workloadNames(model.manifests);
    const serving = names.filter((name) => RELEASED.includes(name.replace('Deployment/', '')));
    const others = names.filter((name) => !serving.includes(name));
    await report.check('all that needs no schema comes up by itself', async () => {
      await ready(report, scope, others, MINUTES * 60);
      return others.join(', ');
    });
    await report.check('three Elasticsearch nodes form one cluster over TLS', async () => {
      const { status, number_of_nodes } = JSON.parse(await askElasticsearch(scope, '/_cluster/health'));
      if (number_of_nodes !== 3) throw new Error(`it has ${number_of_nodes} nodes`);
      return status;
    });
    for (const component of RELEASED) {
      await report.check(`pods of ${component} wait for the migration, and say so`, async () => {
        const missing = () => notAtTheGate(scope, component);
        await until(report, 'pods to wait', missing, { within: 60 });
        return `${(await podsOf(scope, component)).length} pods`;
      });
    }
    await report.check('the migration is run by hand', async () => {
      await scope.run(['create', 'job', '--from=cronjob/migrate', 'migrate-1']);
      await ready(report, scope, ['Job/migrate-1'], 300);
    });
    await report.check('after it they serve', () => ready(report, scope, serving, 300));
  },
};

/** In the order of a first release: the namespace, what must be in it, the release. */
async function apply(kubectl: Kubectl, folder: string): Promise<string> {
  await kubectl.run(['apply', `--filename=${folder}/${FOUNDATION}`]);
  await kubectl.apply(await secretObjects());
  const output = await kubectl.run(['apply', `--filename=${folder}`]);
  return `${output.trim().split('\n').length} objects`;
}
