import type { Kubectl } from '../cluster/kubectl';
import { listOf } from '../cluster/kubectl';
import { CRDS } from '../model';

/** What a dry run needs to exist really, and is taken away afterwards, unless it was there before. */
export async function withPrerequisites(
  kubectl: Kubectl,
  objects: readonly object[],
  task: () => Promise<void>,
): Promise<void> {
  const input = listOf(objects);
  if (await somethingExists(kubectl, input)) {
    throw new Error(
      'part of this environment is in the cluster already, and this suite deletes only what it made',
    );
  }
  const before = await installed(kubectl);
  await kubectl.run(['apply', `--filename=${CRDS}`]);
  await kubectl.run(['wait', '--for=condition=Established', `--filename=${CRDS}`, '--timeout=30s']);
  try {
    await kubectl.run(['apply', '--filename=-'], { input });
    await task();
  } finally {
    await kubectl.run(['delete', '--filename=-', '--ignore-not-found', '--wait'], { input, within: 180 });
    if (!before) await kubectl.run(['delete', `--filename=${CRDS}`, '--ignore-not-found']);
  }
}

const somethingExists = async (kubectl: Kubectl, input: string): Promise<boolean> =>
  (await kubectl.run(['get', '--filename=-', '--ignore-not-found', '--output=name'], { input })).trim() !==
  '';

const installed = (kubectl: Kubectl): Promise<boolean> => kubectl.exists(`--filename=${CRDS}`);
