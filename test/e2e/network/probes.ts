import type { ApiObject, Kubectl } from '../../../cli/cluster/kubectl';
import { podState } from '../../../cli/cluster/readiness';
import { until } from '../../../cli/cluster/waiting';
import type { Manifest } from '../../manifest';
import { filled } from '../changes';
import type { Suite } from '../step';
import { OUTSIDE, type Party, PROBE_LABEL } from './parties';
import { type PeerOf, peers, placeOf, placeOfPod, type Source } from './targets';
import { tryFrom } from './trial';

const OWNER = 'e2e-probes';

const podName = (party: string): string => `e2e-${party}`;

const namespacesOf = (parties: readonly Party[]) => [...new Set(parties.map(({ namespace }) => namespace))];

/** Starts a pod in the place of each party and waits until all of them run. */
export async function startProbes(
  { kubectl, report, settings }: Suite,
  parties: readonly Party[],
  ports: readonly number[],
): Promise<Source[]> {
  await removeProbes(kubectl, parties);
  await kubectl.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: OUTSIDE } }]);
  for (const namespace of namespacesOf(parties)) {
    await kubectl.apply([owner(namespace)]);
    const { metadata } = await kubectl.in(namespace).get('configmap', OWNER);
    const own = parties.filter((party) => party.namespace === namespace);
    await kubectl.apply(own.map((party) => probePod(party, metadata.uid ?? '', settings.busybox, ports)));
  }
  let pods: ApiObject[] = [];
  const missing = async () => {
    pods = await kubectl.list('pods', '--all-namespaces', `--selector=${PROBE_LABEL}=network`);
    const open = pods.filter(({ status }) => status?.phase !== 'Running');
    return open[0] && `${open.length} of ${pods.length} not running (${podState(open[0])})`;
  };
  await until(report, 'probe pods', missing, { within: 120 });
  const peerOf = await peers(kubectl);
  const sources = parties.map((party) => sourceOf(party, pods, peerOf));
  await until(report, 'probe pods', () => deaf(kubectl, sources, ports), { within: 60 });
  return sources;
}

function sourceOf({ name, namespace }: Party, pods: readonly ApiObject[], peerOf: PeerOf): Source {
  const pod = pods.find(
    ({ metadata }) => metadata.name === podName(name) && metadata.namespace === namespace,
  );
  if (!pod) throw new Error(`no pod ${podName(name)}`);
  return { name, namespace, pod: podName(name), ...placeOfPod(pod), peer: peerOf(pod) };
}

/** Each pod can reach its own ports whatever the policies are: so they are open, and a refusal comes from a policy. */
async function deaf(
  kubectl: Kubectl,
  sources: readonly Source[],
  ports: readonly number[],
): Promise<string | undefined> {
  const answers = await Promise.all(
    sources.map((source) =>
      tryFrom(
        kubectl,
        source,
        ports.map((port) => ({ ...source, port, protocol: 'TCP', kind: 'probe' })),
        () => false,
      ),
    ),
  );
  const closed = answers.flat().filter(({ connects }) => !connects);
  return closed.length > 0
    ? closed.map(({ target }) => `${placeOf(target)} does not listen`).join(', ')
    : undefined;
}

export async function removeProbes(kubectl: Kubectl, parties: readonly Party[], wait = true): Promise<void> {
  const ours = ['--ignore-not-found', `--wait=${wait}`];
  for (const namespace of namespacesOf(parties).filter((name) => name !== OUTSIDE)) {
    await kubectl
      .in(namespace)
      .run(['delete', 'configmaps,pods', `--selector=${PROBE_LABEL}=network`, ...ours]);
  }
  await kubectl.run(['delete', 'namespace', OUTSIDE, ...ours], { within: 180 });
}

/** Owns the probe pods of one namespace: deleting it deletes them. */
export const owner = (namespace: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: OWNER, namespace, labels: { [PROBE_LABEL]: 'network' } },
});

export const probePod = (party: Party, ownerId: string, image: string, ports: readonly number[]): Manifest =>
  filled(__dirname, 'probe.yaml', {
    name: podName(party.name),
    namespace: party.namespace,
    labels: { ...party.labels, [PROBE_LABEL]: 'network' },
    owner: OWNER,
    ownerId,
    image,
    script: `for port in ${ports.join(' ')}; do httpd -f -p $port -h /bin & done; wait`,
  });
