import type { ObjectOf, PolicyPeer, PolicyPort, PolicyRule } from '../../manifests/kubernetes';
import type { Manifest } from '../../manifests/manifest';
import { selected } from '../../manifests/selected';
import { nameOf, ofKind, type Workload } from '../../manifests/workloads';
import { listensOn } from '../../reachability/matrix';
import { opens } from '../../reachability/policy';
import { type Findings, rule } from '../../rule';
import { noPod } from '../fields';

export const policyRules = rule({
  id: 'policy-rules',
  what: 'A network policy has a rule that does nothing.',
  why: 'Such a rule looks as if it allowed a connection, and does not: connections hang, and no log says why.',
  remedy:
    'Correct the direction, the label or the port; policies see the port of the container, not of the Service.',
  link: 'https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/#NetworkPolicySpec',
  find: ({ manifests, own }) =>
    ofKind(manifests, 'NetworkPolicy').map((policy) => [
      unnamed(policy, 'Ingress', policy.spec?.ingress),
      unnamed(policy, 'Egress', policy.spec?.egress),
      rulesOf(policy).map((one) => [withoutPeers(one, manifests), unopened(one, manifests, own)]),
    ]),
});

/** The rules of a policy, with their paths. The pods of the policy are those that listen where a rule is `inward`. */
const rulesOf = (policy: ObjectOf<'NetworkPolicy'>) =>
  (['ingress', 'egress'] as const).flatMap((direction) =>
    (policy.spec?.[direction] ?? []).map((given: PolicyRule, i) => ({
      policy,
      path: `${nameOf(policy)} spec.${direction}[${i}]`,
      peers: (direction === 'ingress' ? given?.from : given?.to) ?? [],
      ports: given?.ports ?? [],
      inward: direction === 'ingress',
    })),
  );

type OneRule = ReturnType<typeof rulesOf>[number];

function unnamed(
  policy: ObjectOf<'NetworkPolicy'>,
  type: string,
  rules: readonly PolicyRule[] | undefined,
): Findings {
  const types = policy.spec?.policyTypes ?? [];
  // Left out, the API server fills in what the rules are for.
  if (types.length === 0 || types.includes(type) || !rules?.length) return undefined;
  const wrong = `does not name ${type}, so the ${type.toLowerCase()} rules do nothing`;
  const where = `${nameOf(policy)} spec.policyTypes`;
  return { where, value: types, wrong, remedy: `Add ${type}, or remove the rules` };
}

/** Only the pods of its own namespace are known. */
const isLocal = (peer: PolicyPeer): boolean =>
  Boolean(peer?.podSelector) && !peer.namespaceSelector && !peer.ipBlock;

const withoutPeers = ({ policy, path, peers, inward }: OneRule, manifests: readonly Manifest[]): Findings =>
  peers.map(
    (peer, i) =>
      isLocal(peer) &&
      selected(manifests, policy, peer.podSelector ?? {}).length === 0 &&
      noPod(
        `${path}.${inward ? 'from' : 'to'}[${i}].podSelector`,
        peer.podSelector,
        'peer',
        policy,
        manifests,
      ),
  );

/** A port on which no target listens, as far as the containers declare their ports. */
function unopened(one: OneRule, manifests: readonly Manifest[], own = false): Findings {
  const { policy, path, peers, ports, inward } = one;
  if (!inward && !(peers.length > 0 && peers.every(isLocal))) return undefined;
  const selectors = inward ? [policy.spec?.podSelector ?? {}] : peers.map(({ podSelector }) => podSelector);
  const targets = selectors.flatMap((selector) => selected(manifests, policy, selector ?? {}));
  return ports.map(
    (given, i) =>
      targets.length > 0 &&
      // Containers of others may listen on more numbers than they declare.
      (own || typeof given?.port === 'string') &&
      !targets.some((target) => mayListen(target, given)) && {
        where: `${path}.ports[${i}]`,
        value: given.port,
        wrong: `is not a ${given.protocol ?? 'TCP'} port of the pods that it leads to`,
        remedy: `Use the port of the container, not of the Service: ${[...new Set(targets.flatMap(listensOn).map(({ port, protocol }) => `${port}/${protocol}`))].join(', ')}`,
      },
  );
}

function mayListen(target: Workload, given: PolicyPort): boolean {
  const listens = listensOn(target);
  return listens.length === 0 || listens.some((port) => opens({ ports: [given ?? {}] }, port, listens));
}
