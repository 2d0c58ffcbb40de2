import { append, at, remove, replaceItem, set, when, within } from '../change';
import { type Operator, onObjects } from '../mutant';

const POLICIES = ['NetworkPolicy'];
const RULES = 'spec.{ingress,egress}.*';
const PEERS = `${RULES}.{from,to}.*`;

/** A peer with a selector for each of its two. */
function asTwoPeers(peer: unknown): object[] | undefined {
  const selectors = ['namespaceSelector', 'podSelector'].map((field) => ({ [field]: at(peer, [field]) }));
  return selectors.some((selector) => Object.values(selector).includes(undefined)) ? undefined : selectors;
}

export const network: readonly Operator[] = [
  ...onObjects(POLICIES, {
    'lets a policy select every pod': when(
      'metadata.name',
      /^(?!default-deny$)/,
      set('spec.podSelector', {}),
    ),
    'misspells the label of a policy': set(
      'spec.podSelector.{matchLabels}[app.kubernetes.io/component]',
      'wbe',
    ),
    'forgets a direction': [set('spec.policyTypes', ['Ingress']), set('spec.policyTypes', ['Egress'])],
    'drops a rule': remove(RULES),
    'allows everything in a direction': [append('spec.ingress', {}), append('spec.egress', {})],
    'drops the peers of a rule': remove(`${RULES}.{from,to}`),
    'drops the ports of a rule': remove(`${RULES}.ports`),
    'swaps the port of a rule': set(`${RULES}.ports.0.port`, (port) => Number(port) + 1),
    'opens a range of ports': set(`${RULES}.ports.0.endPort`, 65535),
    'takes the other protocol': set(`${RULES}.ports.0.protocol`, (protocol) =>
      protocol === 'UDP' ? 'TCP' : 'UDP',
    ),
    'drops a peer': remove(PEERS),
    'writes OR for AND': replaceItem(PEERS, asTwoPeers),
    'widens a peer to every pod': set(`${PEERS}.{podSelector}`, {}),
    'widens a peer to every namespace': within(PEERS, when('podSelector', /./, set('namespaceSelector', {}))),
    'adds the internet': [
      append('spec.ingress.*.from', { ipBlock: { cidr: '0.0.0.0/0' } }),
      append('spec.egress.*.to', { ipBlock: { cidr: '0.0.0.0/0' } }),
    ],
  }),
];
