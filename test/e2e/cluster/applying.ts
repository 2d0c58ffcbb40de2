import type { Kubectl } from '../../../cli/cluster/kubectl';

/**
 * kubectl always sends the whole selector of a disruption budget (its patch strategy is "replace"), and so never says
 * "unchanged" of one. `kubectl diff` shows that nothing changes.
 */
const ALWAYS_CONFIGURED = /^poddisruptionbudget\.policy\/\S+ configured$/;

/** Applying the same release again changes nothing: otherwise every release would, without a reason. */
export async function changesNothing(kubectl: Kubectl, folder: string): Promise<string> {
  const diff = await kubectl.attempt(['diff', `--filename=${folder}`]);
  const output = await kubectl.run(['apply', `--filename=${folder}`]);
  const lines = output.trim().split('\n');
  const changed = lines.filter((line) => !line.endsWith(' unchanged') && !ALWAYS_CONFIGURED.test(line));
  if (changed.length > 0 || diff.code !== 0) {
    throw new Error([...changed, diff.stdout.slice(0, 2000), diff.stderr].join('\n'));
  }
  return `${lines.length} objects`;
}
