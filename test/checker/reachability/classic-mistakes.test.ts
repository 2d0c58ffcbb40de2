import type { Manifest } from '../../manifest';
import { type Change, component, found, isPolicy, NAMES, real } from './real';
import { BOOTSTRAP, closed, DNS, half, NOTEBOOKS, open, PROGRAMS } from './sentences';

/** What people do wrong, and what is found: all of it. */
const mistakes: Readonly<Record<string, readonly [Change, readonly string[]]>> = {
  'OR for AND': [
    (spec) => {
      const [{ namespaceSelector, podSelector }] = spec('dashboards').ingress[0].from;
      spec('dashboards').ingress[0].from = [{ namespaceSelector }, { podSelector }];
    },
    [
      'NetworkPolicy/dashboards spec.ingress[0].from[1].podSelector: {"matchLabels":{"app.kubernetes.io/name":"traefik"}} selects no pod of this environment',
      open('dashboards', 'another pod in traefik -> dashboards:8866/TCP'),
    ],
  ],
  'missing DNS': [
    (spec) => spec('dashboards').egress.pop(),
    [
      closed('dashboards spec.egress', 'dashboards -> dns:53/UDP', DNS),
      closed('dashboards spec.egress', 'dashboards -> dns:53/TCP', DNS),
    ],
  ],
  'DNS only over UDP': [
    (spec) => spec('dashboards').egress[1].ports.pop(),
    [closed('dashboards spec.egress', 'dashboards -> dns:53/TCP', DNS)],
  ],
  'only the receiving side': [
    (spec) => spec('dashboards').egress.shift(),
    [closed('dashboards spec.egress', 'dashboards -> api:8000/TCP', NOTEBOOKS)],
  ],
  'only the sending side': [
    (spec) => spec('api').ingress.pop(),
    [closed('api spec.ingress', 'dashboards -> api:8000/TCP', NOTEBOOKS)],
  ],
  'the port of the Service for that of the container, inward': [
    (spec) => {
      spec('api').ingress[0].ports = [{ port: 80, protocol: 'TCP' }];
    },
    [
      'NetworkPolicy/api spec.ingress[0].ports[0]: 80 is not a TCP port of the pods that it leads to',
      closed('api spec.ingress', 'ingress-controller -> api:8000/TCP', PROGRAMS),
      open('api', 'ingress-controller -> api:80/TCP'),
    ],
  ],
  'the port of the Service for that of the container, outward': [
    (spec) => {
      spec('dashboards').egress[0].ports = [{ port: 80, protocol: 'TCP' }];
    },
    [
      'NetworkPolicy/dashboards spec.egress[0].ports[0]: 80 is not a TCP port of the pods that it leads to',
      closed('dashboards spec.egress', 'dashboards -> api:8000/TCP', NOTEBOOKS),
      half('dashboards spec.egress', 'dashboards -> api:80/TCP', 'receiving'),
    ],
  ],
  'the wrong protocol': [
    (spec) => {
      spec('dashboards').egress[0].ports[0].protocol = 'UDP';
    },
    [
      'NetworkPolicy/dashboards spec.egress[0].ports[0]: 8000 is not a UDP port of the pods that it leads to',
      closed('dashboards spec.egress', 'dashboards -> api:8000/TCP', NOTEBOOKS),
      half('dashboards spec.egress', 'dashboards -> api:8000/UDP', 'receiving'),
    ],
  ],
  'no ports': [
    (spec) => {
      delete spec('dashboards').ingress[0].ports;
    },
    [open('dashboards', 'ingress-controller -> dashboards, every port')],
  ],
  'a policy that selects nobody': [
    (spec) => {
      spec('postgres-bootstrap').podSelector = component('bootstrap').podSelector;
    },
    [
      'NetworkPolicy/postgres-bootstrap spec.podSelector: {"matchLabels":{"app.kubernetes.io/component":"bootstrap"}} selects no pod of this environment',
      expect.stringMatching(/^Job\/postgres-bootstrap pod labels: .* is selected by no policy of its own$/),
      closed('postgres-bootstrap spec.egress', 'postgres-bootstrap -> postgres:5432/TCP', BOOTSTRAP),
      closed('postgres-bootstrap spec.egress', 'postgres-bootstrap -> dns:53/UDP', DNS),
      closed('postgres-bootstrap spec.egress', 'postgres-bootstrap -> dns:53/TCP', DNS),
    ],
  ],
  'a forgotten Job': [
    (_, manifests) =>
      manifests.splice(
        manifests.findIndex((m) => isPolicy(m, 'postgres-bootstrap')),
        1,
      ),
    [
      expect.stringMatching(/^Job\/postgres-bootstrap pod labels: .* is selected by no policy of its own$/),
      closed('postgres-bootstrap spec.egress', 'postgres-bootstrap -> postgres:5432/TCP', BOOTSTRAP),
      closed('postgres-bootstrap spec.egress', 'postgres-bootstrap -> dns:53/UDP', DNS),
      closed('postgres-bootstrap spec.egress', 'postgres-bootstrap -> dns:53/TCP', DNS),
    ],
  ],
  'a default that denies one direction only': [
    (spec) => {
      spec('default-deny').policyTypes = ['Ingress'];
    },
    [
      expect.stringMatching(
        /^NetworkPolicy\/default-deny spec.policyTypes: coped-\w+ does not deny Egress: a pod without/,
      ),
    ],
  ],
  'policyTypes without Egress': [
    (spec) => {
      spec('dashboards').policyTypes = ['Ingress'];
    },
    [
      'NetworkPolicy/dashboards spec.policyTypes: ["Ingress"] does not name Egress, so the egress rules do nothing',
      closed('dashboards spec.egress', 'dashboards -> api:8000/TCP', NOTEBOOKS),
      closed('dashboards spec.egress', 'dashboards -> dns:53/UDP', DNS),
      closed('dashboards spec.egress', 'dashboards -> dns:53/TCP', DNS),
    ],
  ],
  'a label of the namespace that it does not have': [
    (spec) => {
      spec('api').ingress[0].from[0].namespaceSelector = { matchLabels: { name: 'traefik' } };
    },
    [closed('api spec.ingress', 'ingress-controller -> api:8000/TCP', PROGRAMS)],
  ],
  'a misspelt label': [
    (spec) => {
      spec('dashboards').egress[0].to = [component('apis')];
    },
    [
      'NetworkPolicy/dashboards spec.egress[0].to[0].podSelector: {"matchLabels":{"app.kubernetes.io/component":"apis"}} selects no pod of this environment',
      closed('dashboards spec.egress', 'dashboards -> api:8000/TCP', NOTEBOOKS),
    ],
  ],
  'labels without a namespace': [
    (spec) => {
      spec('postgres').ingress[1].from[0].namespaceSelector = {};
    },
    [open('postgres', 'another-namespace -> postgres:5432/TCP')],
  ],
};

describe.each(NAMES)('%s', (name) => {
  test('has none of them', () => {
    expect(found(real(name, () => {}))).toEqual([]);
  });

  test.each(Object.entries(mistakes))('%s', (_, [change, expected]) => {
    expect(found(real(name, change))).toEqual(expected);
  });
});

/** Mistakes that open so much that the environments differ in it: the worst of what is found. */
describe.each(NAMES)('%s', (name) => {
  test.each<[string, Change, readonly string[]]>([
    [
      'everybody of the namespace, at both ends',
      (spec) => {
        spec('postgres').ingress[0].from = [{ podSelector: {} }];
        spec('dashboards').egress.push({ to: [{ podSelector: {} }], ports: [{ port: 5432 }] });
      },
      [
        open('postgres', 'dashboards -> postgres:5432/TCP'),
        half('postgres spec.ingress', 'elasticsearch -> postgres:5432/TCP', 'sending'),
        half('dashboards spec.egress', 'dashboards -> api:5432/TCP', 'receiving'),
      ],
    ],
    [
      'NotIn for In',
      (spec) => {
        const matchExpressions = [{ key: 'app.kubernetes.io/component', operator: 'NotIn', values: ['web'] }];
        spec('postgres').ingress[1].from = [{ podSelector: { matchExpressions } }];
        spec('dashboards').egress[0].to.push(component('postgres'));
        spec('dashboards').egress[0].ports.push({ port: 5432 });
      },
      [
        open('postgres', 'dashboards -> postgres:5432/TCP'),
        half('postgres spec.ingress', 'elasticsearch -> postgres:5432/TCP', 'sending'),
        half('dashboards spec.egress', 'dashboards -> api:5432/TCP', 'receiving'),
      ],
    ],
    [
      'a rule {} means everybody, inward',
      (spec) => spec('api').ingress.push({}),
      ['another-namespace', 'another pod in traefik', 'internet', 'dns', 'ingress-controller'].map((from) =>
        open('api', `${from} -> api, every port`),
      ),
    ],
    [
      'a rule {} means everybody, outward',
      (spec) => spec('api').egress.push({}),
      ['another-namespace', 'internet', 'metadata-address', 'kubelet', 'dns', 'ingress-controller'].map(
        (to) => open('api', `api -> ${to}, every port`),
      ),
    ],
    [
      'an empty list of peers means everybody',
      (spec) => {
        spec('api').ingress[0].from = [];
      },
      ['another-namespace', 'another pod in kube-system', 'internet', 'dns'].map((from) =>
        open('api', `${from} -> api:8000/TCP`),
      ),
    ],
    [
      'the internet without its exceptions',
      (spec) => spec('api').egress.push({ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 80 }] }),
      ['internet', 'metadata-address', 'kubelet'].map((to) => open('api', `api -> ${to}:80/TCP`)),
    ],
    [
      'a policy in another namespace',
      (_, manifests) => {
        const at = manifests.findIndex((manifest) => isPolicy(manifest, 'api'));
        const { metadata, ...rest } = manifests[at] as Manifest;
        manifests[at] = { ...rest, metadata: { ...metadata, namespace: 'default' } } as Manifest;
      },
      [
        closed('api spec.ingress', 'dashboards -> api:8000/TCP', NOTEBOOKS),
        closed('api spec.egress', 'api -> dns:53/UDP', DNS),
      ],
    ],
    [
      'a pod in the network of its node, where no policy holds',
      (_, manifests) => {
        const api = manifests.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'api');
        if (api) api.spec.template.spec.hostNetwork = true;
      },
      [
        closed('postgres spec.ingress', 'api -> postgres:5432/TCP', 'Django keeps its data there'),
        open('api', 'api -> internet, every port'),
      ],
    ],
  ])('%s', (_, change, expected) => {
    expect(found(real(name, change))).toEqual(expect.arrayContaining([...expected]));
  });
});
