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
  onObjects(
    'lets a policy select every pod',
    POLICIES,
    when('metadata.name', /^(?!default-deny$)/, set('spec.podSelector', {})),
  ),
  onObjects(
    'misspells the label of a policy',
    POLICIES,
    set('spec.podSelector.{matchLabels}[app.kubernetes.io/component]', 'wbe'),
  ),
  onObjects(
    'forgets a direction',
    POLICIES,
    set('spec.policyTypes', ['Ingress']),
    set('spec.policyTypes', ['Egress']),
  ),
  onObjects('drops a rule', POLICIES, remove(RULES)),
  onObjects(
    'allows everything in a direction',
    POLICIES,
    append('spec.ingress', {}),
    append('spec.egress', {}),
  ),
  onObjects('drops the peers of a rule', POLICIES, remove(`${RULES}.{from,to}`)),
  onObjects('drops the ports of a rule', POLICIES, remove(`${RULES}.ports`)),
  onObjects(
    'swaps the port of a rule',
    POLICIES,
    set(`${RULES}.ports.0.port`, (port) => Number(port) + 1),
  ),
  onObjects('opens a range of ports', POLICIES, set(`${RULES}.ports.0.endPort`, 65535)),
  onObjects(
    'takes the other protocol',
    POLICIES,
    set(`${RULES}.ports.0.protocol`, (protocol) => (protocol === 'UDP' ? 'TCP' : 'UDP')),
  ),
  onObjects('drops a peer', POLICIES, remove(PEERS)),
  onObjects('writes OR for AND', POLICIES, replaceItem(PEERS, asTwoPeers)),
  onObjects('widens a peer to every pod', POLICIES, set(`${PEERS}.{podSelector}`, {})),
  onObjects(
    'widens a peer to every namespace',
    POLICIES,
    within(PEERS, when('podSelector', /./, set('namespaceSelector', {}))),
  ),
  onObjects(
    'adds the internet',
    POLICIES,
    append('spec.ingress.*.from', { ipBlock: { cidr: '0.0.0.0/0' } }),
    append('spec.egress.*.to', { ipBlock: { cidr: '0.0.0.0/0' } }),
  ),
];
