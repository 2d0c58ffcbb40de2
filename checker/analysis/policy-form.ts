import { isCidr, within } from '../../formats/cidr';
import type { ObjectOf, PolicyPeer, PolicyPort, PolicyRule } from '../manifests/kubernetes';
import type { LabelSelector } from '../manifests/label-selector';
import { nameOf } from '../manifests/workloads';
import type { Finding } from '../problem';

/**
 * What the API server refuses in a policy, and with it the whole policy.
 * @see https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/networking/validation/validation.go
 */
export function refused(policy: ObjectOf<'NetworkPolicy'>): Finding[] {
  const { spec } = policy;
  const at = (path: string) => `${nameOf(policy)} spec.${path}`;
  return [
    ...(spec?.policyTypes ?? []).flatMap((type) =>
      ['Ingress', 'Egress'].includes(type)
        ? []
        : [finding(at('policyTypes'), type, 'is no direction', 'Write Ingress or Egress')],
    ),
    ...selector(at('podSelector'), spec?.podSelector),
    ...(spec?.ingress ?? []).flatMap((rule, i: number) => inRule(at(`ingress[${i}]`), 'from', rule)),
    ...(spec?.egress ?? []).flatMap((rule, i: number) => inRule(at(`egress[${i}]`), 'to', rule)),
  ];
}

const finding = (where: string, value: unknown, wrong: string, remedy: string): Finding => ({
  where,
  value,
  wrong,
  remedy,
});

const inRule = (where: string, peers: 'from' | 'to', rule: PolicyRule): Finding[] => [
  ...(rule?.[peers] ?? []).flatMap((one, i: number) => peer(`${where}.${peers}[${i}]`, one ?? {})),
  ...(rule?.ports ?? []).flatMap((one, i: number) => port(`${where}.ports[${i}]`, one ?? {})),
];

function peer(where: string, { ipBlock, namespaceSelector, podSelector }: PolicyPeer): Finding[] {
  const selectors = [namespaceSelector, podSelector].filter(Boolean);
  if (!ipBlock && selectors.length === 0) {
    return [finding(where, undefined, 'is empty, which selects nothing', 'Write a selector or an ipBlock')];
  }
  return [
    ...(ipBlock ? block(`${where}.ipBlock`, ipBlock) : []),
    ...(ipBlock && selectors.length > 0
      ? [finding(where, { ipBlock }, 'is beside a selector', 'Make two items: an address is no pod')]
      : []),
    ...selector(`${where}.namespaceSelector`, namespaceSelector),
    ...selector(`${where}.podSelector`, podSelector),
  ];
}

function block(where: string, { cidr = '', except = [] }: NonNullable<PolicyPeer['ipBlock']>): Finding[] {
  const noRange = (path: string, value: unknown) =>
    finding(path, value, 'is not a range of addresses', 'Write e.g. 192.168.0.0/16');
  if (!isCidr(cidr)) return [noRange(`${where}.cidr`, cidr)];
  return except.flatMap((hole) => {
    if (!isCidr(hole)) return [noRange(`${where}.except`, hole)];
    return within(hole, cidr) && !within(cidr, hole)
      ? []
      : [finding(`${where}.except`, hole, `is not a part of ${cidr}`, 'Remove it, or widen the range')];
  });
}

function port(where: string, { port, endPort, protocol = 'TCP' }: PolicyPort): Finding[] {
  const isNumber = isPort(port);
  const isName = typeof port === 'string' && /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/.test(port);
  return [
    ...(['TCP', 'UDP', 'SCTP'].includes(protocol)
      ? []
      : [finding(`${where}.protocol`, protocol, 'is no protocol', 'Write TCP, UDP or SCTP')]),
    ...(port === undefined || isNumber || isName
      ? []
      : [
          finding(
            `${where}.port`,
            port,
            'is no port',
            'Write a number, or the name of a port of the container',
          ),
        ]),
    ...(endPort === undefined || (isPort(endPort) && isNumber && endPort >= port)
      ? []
      : [finding(`${where}.endPort`, endPort, 'ends no range', 'Write a number, from the port on')]),
  ];
}

const isPort = (port: unknown): port is number =>
  typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65535;

const selector = (where: string, given: LabelSelector | undefined): Finding[] =>
  (given?.matchExpressions ?? []).flatMap(({ key, operator = '', values = [] }) => {
    const isList = ['In', 'NotIn'].includes(operator);
    if (!isList && !['Exists', 'DoesNotExist'].includes(operator)) {
      return [finding(where, operator, 'is no operator', 'Write In, NotIn, Exists or DoesNotExist')];
    }
    return isList === values.length > 0
      ? []
      : [
          finding(
            where,
            { key, operator, values },
            isList ? 'has no values' : 'takes no values',
            isList ? 'List them' : 'Remove them',
          ),
        ];
  });
