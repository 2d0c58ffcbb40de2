import { randomBytes } from 'node:crypto';
import { removeNamespace } from '../../../cli/cluster/delete-namespace';
import type { Kubectl } from '../../../cli/cluster/kubectl';
import { until } from '../../../cli/cluster/waiting';
import { certificateFor } from '../../../cli/drill/authority';
import { elasticsearchNames } from '../../../lib/components/elasticsearch/certificate';
import { secretsIn } from '../../../lib/components/secrets';
import { podsOf } from '../cluster/objects';
import { ready, workloadNames } from '../cluster/workloads';
import { withDist } from '../folder';
import type { Suite } from '../step';
import { askElasticsearch } from './access';
import { certificates, HOST, model } from './environment';

const RELEASED = ['web', 'api'];
const MINUTES = 10;

export async function up({ kubectl, report }: Suite): Promise<void> {
  const scope = kubectl.in(model.namespace);
  await removeNamespace(report, scope);
  const applied = await report.check('namespace, secrets, certificates and everything else are applied', () =>
    withDist(model, (folder) => apply(kubectl, folder)),
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
}

/** In the order of a first release: the namespace, what must be in it, the release. */
async function apply(kubectl: Kubectl, folder: string): Promise<string> {
  await kubectl.run(['apply', `--filename=${folder}/${model.files[0]?.name}`]);
  await kubectl.apply(await secretObjects());
  const output = await kubectl.run(['apply', `--filename=${folder}`]);
  return `${output.trim().split('\n').length} objects`;
}

/** What an administrator puts into the namespace before the first release: nothing of it is in dist. */
async function secretObjects(): Promise<object[]> {
  return [
    ...secretsIn(model.environment).map(({ secret, key }) =>
      object(secret, { [key]: randomBytes(32).toString('hex') }),
    ),
    object(certificates.ingressSecret, await certificateFor([HOST]), 'kubernetes.io/tls'),
    object(
      certificates.elasticsearchSecret,
      await certificateFor(elasticsearchNames(model.namespace)),
      'kubernetes.io/tls',
    ),
  ];
}

const object = (name: string, stringData: object, type = 'Opaque') => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: model.namespace },
  type,
  stringData,
});

/** The init container that holds a pod back until the schema of its release is there. */
const GATE = 'wait-for-schema';

/** What is missing until every pod of a component waits at the gate and says why. */
async function notAtTheGate(kubectl: Kubectl, component: string): Promise<string | undefined> {
  const pods = await podsOf(kubectl, component);
  if (pods.length === 0) return `${component} has no pods`;
  for (const { metadata, status } of pods) {
    const gate = status?.initContainerStatuses?.find(({ name }) => name === GATE);
    if (!gate?.state?.running) return `${metadata.name} is not in ${GATE}`;
    const log = await kubectl.run(['logs', metadata.name, `--container=${GATE}`, '--tail=20']);
    if (!log.includes('run the migration')) return `${metadata.name} does not say what it waits for`;
  }
  return undefined;
}
