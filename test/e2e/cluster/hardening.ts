import type { ApiObject, Kubectl } from '../../../cli/cluster/kubectl';

/** Pod Security is enforced, and refused none of our pods: a refused pod is only seen in events. */
export async function nothingForbidden(kubectl: Kubectl, namespace: string): Promise<string> {
  const { metadata } = await kubectl.get('namespace', namespace);
  const level = metadata.labels['pod-security.kubernetes.io/enforce'];
  if (level !== 'restricted')
    throw new Error(`namespace ${namespace} enforces "${level}" instead of "restricted"`);

  const scope = kubectl.in(namespace);
  const events: ApiObject[] = (await scope.get('events', '--field-selector=reason=FailedCreate')).items;
  const refused = events.filter(({ message }) => /forbidden|violates/i.test(message));
  if (refused.length > 0) {
    throw new Error(
      refused.map(({ involvedObject, message }) => `${involvedObject.name}: ${message}`).join('\n'),
    );
  }
  return `${(await scope.get('pods')).items.length} pods`;
}
