import type { Kubectl } from './kubectl';

/** Applying the same release again changes nothing: otherwise every release would, for reasons nobody asked for. */
export async function changesNothing(kubectl: Kubectl, folder: string): Promise<string> {
  const diff = await kubectl.attempt(['diff', `--filename=${folder}`]);
  const output = await kubectl.run(['apply', `--filename=${folder}`]);
  const lines = output.trim().split('\n');
  const changed = lines.filter((line) => !line.endsWith(' unchanged'));
  if (changed.length > 0) throw new Error([...changed, diff.stdout.slice(0, 2000)].join('\n'));
  return `${lines.length} objects`;
}
