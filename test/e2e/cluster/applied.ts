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
/** Pod Security is enforced, and refused none of our pods: a refused pod is only seen in events. */
export async function nothingForbidden(kubectl: Kubectl, namespace: string): Promise<string> {
  const { metadata } = await kubectl.get('namespace', namespace);
  const level = metadata.labels?.['pod-security.kubernetes.io/enforce'];
  if (level !== 'restricted')
    throw new Error(`namespace ${namespace} enforces "${level}" instead of "restricted"`);

  const scope = kubectl.in(namespace);
  const events = await scope.list('events', '--field-selector=reason=FailedCreate');
  const refused = events.filter(({ message = '' }) => /forbidden|violates/i.test(message));
  if (refused.length > 0) {
    throw new Error(
      refused.map(({ involvedObject, message }) => `${involvedObject?.name}: ${message}`).join('\n'),
    );
  }
  return `${(await scope.list('pods')).length} pods`;
}
