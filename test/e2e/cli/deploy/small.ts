import { filled } from '../../changes';
import { ready } from '../../cluster/workloads';
import { modelOf } from '../../model';
import type { Suite } from '../../step';
import { small } from '../environments';
import { Trial } from './trial';

/** Does something with an environment that is one small program: what is interrupted is the deploy, whatever it deploys. */
export async function withSmall(
  suite: Suite,
  check: (suite: Suite, trial: Trial) => Promise<void>,
): Promise<void> {
  const { kubectl, report, settings } = suite;
  const environment = small('e2e-deploy');
  const model = modelOf(environment);
  const namespaces = model.manifests.filter(({ kind }) => kind === 'Namespace');
  const server = filled(__dirname, 'small.yaml', {
    namespace: model.namespace,
    instance: environment.name,
    image: settings.busybox,
  });
  const trial = new Trial(environment, kubectl.context, [...namespaces, server]);
  const remove = () => kubectl.run(['delete', 'namespace', model.namespace, '--ignore-not-found']);
  await remove();
  try {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: SERVER }, stringData: { key: 'x' } };
    await kubectl.apply(namespaces);
    await kubectl.in(model.namespace).apply([secret]);
    await report.check('a small program is deployed', async () => {
      await trial.deployed();
      await ready(report, trial.kubectl, [`Deployment/${SERVER}`], 120);
    });
    await check(suite, trial);
  } finally {
    await remove();
  }
}

const SERVER = 'small';
