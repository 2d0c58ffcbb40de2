import type { ApiObject, Kubectl } from '../../../cli/cluster/kubectl';

/** The environment's own pods of a component, without the probes of this suite. */
export const podsOf = (kubectl: Kubectl, component: string): Promise<ApiObject[]> =>
  kubectl.list('pods', `--selector=app.kubernetes.io/component=${component},!coped.org/e2e`);

/** The pods of web that are being deleted, or undefined where there are none. */
export async function leaving(kubectl: Kubectl): Promise<string | undefined> {
  const pods = (await podsOf(kubectl, 'web')).filter(({ metadata }) => metadata.deletionTimestamp);
  return pods.map(({ metadata }) => metadata.name).join(', ') || undefined;
}

/** What identifies each object and its desired state: an object that was created again has another uid. */
export const versionsOf = async (kubectl: Kubectl, kinds: string): Promise<string[]> =>
  (await kubectl.list(kinds))
    .filter(({ metadata }) => !metadata.deletionTimestamp)
    .map(({ kind, metadata: { name, uid, generation }, data = {}, spec }) =>
      [`${kind}/${name}`, uid, generation, Object.keys(data).length, spec?.acquireTime].join(' ').trim(),
    )
    .sort();

export function expectSame(before: readonly string[], now: readonly string[]): void {
  if (before.join() !== now.join()) throw new Error(`before: ${before.join(', ')}\nnow: ${now.join(', ')}`);
}

/** Does something while a Secret is missing, and creates it again as it was. */
export async function withoutSecret<T>(kubectl: Kubectl, name: string, task: () => Promise<T>): Promise<T> {
  const { type, data, metadata } = await kubectl.get('secret', name);
  const { labels, annotations } = metadata;
  await kubectl.run(['delete', 'secret', name]);
  try {
    return await task();
  } finally {
    const secret = { apiVersion: 'v1', kind: 'Secret', type, data, metadata: { name, labels, annotations } };
    await kubectl.run(['create', '--filename=-'], { input: JSON.stringify(secret) });
  }
}
