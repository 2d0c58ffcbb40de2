import type { ApiObject, Kubectl } from '../../../cli/cluster/kubectl';

/** The init container that holds a pod back until the schema of its release is there. */
const GATE = 'wait-for-schema';

/** Pods of a component, probes of this suite left out. */
export const podsOf = async (kubectl: Kubectl, component: string): Promise<ApiObject[]> =>
  (await kubectl.get('pods', `--selector=app.kubernetes.io/component=${component},!coped.org/e2e`)).items;

/** What is missing until every pod of a component waits at the gate and says why. */
export async function notAtTheGate(kubectl: Kubectl, component: string): Promise<string | undefined> {
  const pods = await podsOf(kubectl, component);
  if (pods.length === 0) return `${component} has no pods`;
  for (const { metadata, status } of pods) {
    const gate = status.initContainerStatuses?.find(({ name }: ApiObject) => name === GATE);
    if (!gate?.state?.running) return `${metadata.name} is not in ${GATE}`;
    const log = await kubectl.run(['logs', metadata.name, `--container=${GATE}`, '--tail=20']);
    if (!log.includes('run the migration')) return `${metadata.name} does not say what it waits for`;
  }
  return undefined;
}
