import { workloads } from '../../lib/checks/workloads';
import type { HostedEnvironment } from '../../lib/environments/environment';
import { listOf } from '../cluster/kubectl';
import { distOf, modelOf } from '../model';
import type { Suite } from '../step';
import { withPrerequisites } from './cluster-state';

/** The API server as judge of an environment that cannot run here: nothing is stored, everything is looked at. */
export async function checkAccepted({ kubectl, report }: Suite, input: HostedEnvironment): Promise<void> {
  const { manifests, namespace } = modelOf(input);
  // A namespace must exist for anything to be tried in it, and a service account for its pods.
  const real = manifests.filter(({ kind }) => ['Namespace', 'ServiceAccount'].includes(kind));

  await withPrerequisites(kubectl, real, async () => {
    await report.check(`dist/${input.name} is accepted, strictly and without a warning`, async () => {
      const output = await kubectl.run(['apply', `--filename=${distOf(input.name)}`, ...STRICT]);
      return `${output.trim().split('\n').length} objects`;
    });
    await report.check('so is a pod made from each template, under the restricted standard', async () => {
      const pods = podsOf(manifests, namespace);
      await kubectl.run(['create', '--filename=-', ...STRICT], { input: listOf(pods) });
      return `${pods.length} pods`;
    });
  });
}

const STRICT = ['--dry-run=server', '--validate=strict', '--warnings-as-errors'];

/** Pod Security is enforced on pods only: a Deployment whose pods it would refuse is accepted. */
const podsOf = (manifests: Parameters<typeof workloads>[0], namespace: string): object[] =>
  workloads(manifests).map(({ name, labels, pod }) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: name.toLowerCase().replace('/', '-'), namespace, labels },
    spec: pod,
  }));
