import { type Kubectl, listOf } from '../../../cli/cluster/kubectl';
import { conditionOf } from '../../../cli/cluster/readiness';
import { until } from '../../../cli/cluster/waiting';
import { CRDS } from '../model';
import type { Report } from '../report';

/** What a dry run needs to exist really, the kinds of cert-manager and others included; taken away afterwards. */
export async function withPrerequisites(
  report: Report,
  kubectl: Kubectl,
  objects: readonly object[],
  task: () => Promise<void>,
): Promise<void> {
  const before = await installed(kubectl);
  await kubectl.run(['apply', `--filename=${CRDS}`]);
  try {
    await established(report, kubectl, `--filename=${CRDS}`);
    await withObjects(kubectl, objects, task);
  } finally {
    if (!before) await kubectl.run(['delete', `--filename=${CRDS}`, '--ignore-not-found']);
  }
}

/** Waits until definitions are served. `kubectl wait` fails on one that has no conditions yet, as a new one has. */
export function established(report: Report, kubectl: Kubectl, ...which: readonly string[]): Promise<void> {
  const missing = async () => {
    const open = (await kubectl.list(...which)).filter((one) => !conditionOf(one, 'Established'));
    return open.map(({ metadata }) => metadata.name).join(', ') || undefined;
  };
  return until(report, 'definitions to be served', missing, { within: 60 });
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
