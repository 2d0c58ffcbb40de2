import type { Kubectl } from '../../cli/cluster/kubectl';
import { listOf } from '../../cli/cluster/kubectl';
import { CRDS } from '../model';

/** What a dry run needs to exist really, the kinds of cert-manager and others included; taken away afterwards. */
export async function withPrerequisites(
  kubectl: Kubectl,
  objects: readonly object[],
  task: () => Promise<void>,
): Promise<void> {
  const before = await installed(kubectl);
  await kubectl.run(['apply', `--filename=${CRDS}`]);
  await kubectl.run(['wait', '--for=condition=Established', `--filename=${CRDS}`, '--timeout=30s']);
  try {
    await withObjects(kubectl, objects, task);
  } finally {
    if (!before) await kubectl.run(['delete', `--filename=${CRDS}`, '--ignore-not-found']);
  }
}

/** Objects that exist while something is tried, and must not exist before. */
export async function withObjects(
  kubectl: Kubectl,
  objects: readonly object[],
  task: () => Promise<void>,
): Promise<void> {
  const input = listOf(objects);
  if (await somethingExists(kubectl, input)) {
    throw new Error('part of this is in the cluster already, and this suite deletes only what it made');
  }
  try {
    await kubectl.run(['apply', '--filename=-'], { input });
    await task();
  } finally {
    await kubectl.run(['delete', '--filename=-', '--ignore-not-found', '--wait'], { input, within: 180 });
  }
}

const somethingExists = async (kubectl: Kubectl, input: string): Promise<boolean> =>
  (await kubectl.run(['get', '--filename=-', '--ignore-not-found', '--output=name'], { input })).trim() !==
  '';

const installed = (kubectl: Kubectl): Promise<boolean> => kubectl.exists(`--filename=${CRDS}`);
