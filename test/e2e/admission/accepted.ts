import { listOf } from '../../../cli/cluster/kubectl';
import type { HostedEnvironment } from '../../../lib/environments/environment';
import { distOf, modelOf } from '../model';
import type { Suite } from '../step';
import { withPrerequisites } from './cluster-state';
import { podsOf } from './template-pods';

/** The API server checks an environment that cannot run here: a dry run, nothing is stored. */
export async function checkAccepted({ kubectl, report }: Suite, input: HostedEnvironment): Promise<void> {
  const { manifests, namespace } = modelOf(input);
  // A namespace must exist for anything to be tried in it, and a service account for its pods.
  const real = manifests.filter(({ kind }) => ['Namespace', 'ServiceAccount'].includes(kind));

  await withPrerequisites(report, kubectl, real, async () => {
    await report.check(`dist/${input.name} is accepted, strictly and without a warning`, async () => {
      const output = await kubectl.run(['apply', `--filename=${distOf(input.name)}`, ...STRICT]);
      return `${output.trim().split('\n').length} objects`;
    });
    await report.check('so is a pod made from each template, under the restricted standard', async () => {
      const pods = podsOf(manifests, namespace);
      await kubectl.run(['create', '--filename=-', ...STRICT], { input: listOf(pods) });
      return `${pods.length} pods`;
    });
    await report.check('which would refuse a pod that may run as root', async () => {
      const [pod] = podsOf(manifests, namespace);
      const careless = { ...pod, spec: { ...pod?.spec, securityContext: {} } };
      const answer = await kubectl.attempt(['create', '--filename=-', '--dry-run=server'], {
        input: JSON.stringify(careless),
      });
      if (!answer.stderr.includes('violates PodSecurity')) throw new Error(answer.stdout + answer.stderr);
    });
  });
}

const STRICT = ['--dry-run=server', '--validate=strict', '--warnings-as-errors'];
