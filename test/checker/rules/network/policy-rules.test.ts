import type { Json } from '../../../../checker/manifests/manifest';
import { policyRules } from '../../../../checker/rules/network/policy-rules';
import { broken, found, good } from '../../fixture';

/** What is found after a change to the policy of web: path, value, what is wrong. */
const change = (change: (spec: Json) => void) =>
  found(
    policyRules,
    broken('NetworkPolicy/web', ({ spec }) => change(spec)),
  ).map(([where, ...rest]) => [where.replace('NetworkPolicy/web spec.', ''), ...rest]);

test('finds nothing in good policies', () => {
  expect(found(policyRules, good())).toEqual([]);
});

describe('a rule that does nothing', () => {
  test('is in a direction that policyTypes does not name', () => {
    const wrong = 'does not name Egress, so the egress rules do nothing';
    const onlyIngress = change((spec) => {
      spec.policyTypes = ['Ingress'];
    });
    expect(onlyIngress).toEqual([['policyTypes', ['Ingress'], wrong]]);
    const leftOut = change((spec) => {
      delete spec.policyTypes;
    });
    expect(leftOut).toEqual([]);
  });

  test('has a peer that nobody is', () => {
    const podSelector = { matchLabels: { 'app.kubernetes.io/component': 'postgresql' } };
    const misspelt = change((spec) => {
      spec.egress[0].to[0].podSelector = podSelector;
    });
    expect(misspelt).toEqual([
      ['egress[0].to[0].podSelector', podSelector, 'selects no pod of this environment'],
    ]);
    const elsewhere = change((spec) => {
      spec.egress[0].to[0] = { podSelector, namespaceSelector: {} };
    });
    expect(elsewhere).toEqual([]);
  });

  test.each([
    [80, 'TCP'],
    [8000, 'UDP'],
    ['http', 'TCP'],
  ])('lets in at a port where the pods do not listen: %s/%s', (port, protocol) => {
    const ports = change((spec) => {
      spec.ingress[0].ports = [{ port, protocol }];
    });
    expect(ports).toEqual([
      ['ingress[0].ports[0]', port, `is not a ${protocol} port of the pods that it leads to`],
    ]);
  });

  test('lets out to a port where the peers do not listen', () => {
    const [finding] = policyRules.find(
      broken('NetworkPolicy/web', ({ spec }) => {
        spec.egress[1].ports = [{ port: 80 }];
      }),
    );
    expect(finding?.where).toBe('NetworkPolicy/web spec.egress[1].ports[0]');
    expect(finding?.remedy).toBe('Use the port of the container, not of the Service: 9200/TCP, 9300/TCP');
  });

  test.each([
    ['a range around the port', [{ port: 7000, endPort: 9000 }]],
    ['its name', [{ port: 'main' }]],
    ['every port', [{ protocol: 'TCP' }]],
  ])('is not one with %s', (_, ports) => {
    const found = change((spec) => {
      spec.ingress[0].ports = ports;
    });
    expect(found).toEqual([]);
  });

  test('is not one about pods that do not say where they listen', () => {
    const subject = broken('NetworkPolicy/backup', ({ spec }) => {
      spec.ingress = [{ ports: [{ port: 80 }] }];
    });
    expect(found(policyRules, subject)).toEqual([]);
  });
});

describe('the API server refuses', () => {
  const peer = (item: Json) => change((spec) => spec.ingress[0].from.push(item));
  const port = (item: Json) => change((spec) => spec.egress[2].ports.push(item));

  test.each<[Json, string, unknown, string]>([
    [{}, '', undefined, 'is empty, which is not "everybody"'],
    [null, '', undefined, 'is empty, which is not "everybody"'],
    [{ ipBlock: { cidr: '172.18.0.2' } }, '.ipBlock.cidr', '172.18.0.2', 'is not a range of addresses'],
    [
      { ipBlock: { cidr: '172.18.0.0/16', except: ['172.18.0.0/33'] } },
      '.ipBlock.except',
      '172.18.0.0/33',
      'is not a range of addresses',
    ],
    [
      { ipBlock: { cidr: '172.18.0.0/16', except: ['10.0.0.0/8'] } },
      '.ipBlock.except',
      '10.0.0.0/8',
      'is not a part of 172.18.0.0/16',
    ],
    [
      { ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/8'] } },
      '.ipBlock.except',
      '10.0.0.0/8',
      'is not a part of 10.0.0.0/8',
    ],
    [
      { ipBlock: { cidr: '10.0.0.0/8' }, namespaceSelector: {} },
      '',
      { ipBlock: { cidr: '10.0.0.0/8' } },
      'stands beside a selector',
    ],
    [
      { namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'Like', values: ['a'] }] } },
      '.namespaceSelector',
      'Like',
      'is no operator',
    ],
    [
      { namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'In' }] } },
      '.namespaceSelector',
      { key: 'team', operator: 'In', values: [] },
      'has no values',
    ],
    [
      { namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'Exists', values: ['a'] }] } },
      '.namespaceSelector',
      { key: 'team', operator: 'Exists', values: ['a'] },
      'takes no values',
    ],
  ])('the peer %j', (item, path, value, wrong) => {
    expect(peer(item)).toEqual([[`ingress[0].from[1]${path}`, value, wrong]]);
  });

  test.each<[Json, string, unknown, string]>([
    [{ port: 53, protocol: 'ICMP' }, 'protocol', 'ICMP', 'is no protocol'],
    [{ port: 0 }, 'port', 0, 'is no port'],
    [{ port: 65536 }, 'port', 65536, 'is no port'],
    [{ port: '53' }, 'port', '53', 'is no port'],
    [{ port: 53, endPort: 52 }, 'endPort', 52, 'ends no range'],
    [{ port: 'dns', endPort: 54 }, 'endPort', 54, 'ends no range'],
    [{ endPort: 54 }, 'endPort', 54, 'ends no range'],
  ])('the port %j', (item, path, value, wrong) => {
    expect(port(item)).toEqual([[`egress[2].ports[2].${path}`, value, wrong]]);
  });

  test('a direction that there is not', () => {
    const types = change((spec) => {
      spec.policyTypes = ['Ingress', 'Egress', 'egress'];
    });
    expect(types).toEqual([['policyTypes', 'egress', 'is no direction']]);
  });
});

test.each([
  undefined,
  null,
  {},
  { ingress: [null], egress: [{ to: [null], ports: [null] }] },
])('never stumbles over incomplete policies: %j', (spec) => {
  const subject = broken('NetworkPolicy/web', (policy) => {
    policy.spec = spec;
  });
  expect(() => policyRules.find(subject)).not.toThrow();
});
