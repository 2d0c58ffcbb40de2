import type { Manifest } from '../../../manifest';
import { smallContainer, unprivileged } from '../../cluster/small-pod';
import { ready } from '../../cluster/workloads';
import { modelOf } from '../../model';
import type { Suite } from '../../step';
import { small } from '../environments';
import { Trial } from './trial';

/**
 * Does something with an environment that is one small program: what is interrupted is the deploy, whatever it deploys.
 * It has a Secret, because a deploy looks for those that it needs.
 */
export async function withSmall(
  suite: Suite,
  check: (suite: Suite, trial: Trial) => Promise<void>,
): Promise<void> {
  const { kubectl, report, settings } = suite;
  const environment = small('e2e-deploy');
  const model = modelOf(environment);
  const namespaces = model.manifests.filter(({ kind }) => kind === 'Namespace');
  const trial = new Trial(environment, kubectl.context, [
    ...namespaces,
    server(environment.name, settings.busybox),
  ]);
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

const server = (instance: string, image: string): Manifest => {
  const labels = { 'app.kubernetes.io/part-of': 'coped', 'app.kubernetes.io/instance': instance };
  const name = SERVER;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: `coped-${instance}`, labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: { name } },
      template: {
        metadata: { labels: { name } },
        spec: {
          terminationGracePeriodSeconds: 1,
          ...unprivileged,
          containers: [
            {
              ...smallContainer(name, image, 'while :; do sleep 1; done'),
              env: [{ name: 'KEY', valueFrom: { secretKeyRef: { name, key: 'key' } } }],
            },
          ],
        },
      },
    },
  };
};
