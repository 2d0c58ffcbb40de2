import type { Environment } from '../../lib/environments/environment';
import { FIELD_MANAGER } from '../cluster/field-manager';
import type { Kubectl } from '../cluster/kubectl';
import { manifestsOf } from '../dist/manifests';
import type { World } from '../world';

/** Makes the namespace with its limits, as a first deploy would, if it is not there. */
export async function ensureNamespace(
  { terminal }: World,
  kubectl: Kubectl,
  environment: Environment,
): Promise<void> {
  const namespace = kubectl.namespace ?? '';
  if (await kubectl.exists('namespace', namespace)) return;
  await terminal.step(`namespace ${namespace}`, async () => {
    const foundation = manifestsOf(environment).filter(
      ({ metadata }) => metadata.labels?.['coped.org/tier'] === 'foundation',
    );
    await kubectl.apply(foundation, '--server-side', `--field-manager=${FIELD_MANAGER}`);
  });
}
