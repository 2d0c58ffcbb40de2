import type { Json } from '../../checker/manifests/manifest';
import { reachability } from '../../rules/reachability';
import type { CopedSubject } from '../../rules/rule';
import { broken, found, good, without } from '../checker/fixture';

const OPEN = 'is open, but not in the flow table';
const closed = (why: string) => `is closed, but the flow table has it: ${why}`;
const policy = (component: string, change: (spec: Json) => void) =>
  broken(`NetworkPolicy/${component}`, ({ spec }) => change(spec));

test('finds a flow that the sender does not let out', () => {
  const subject = policy('web', (spec) => {
    spec.egress.shift();
  });
  expect(found(reachability, subject)).toEqual([
    ['NetworkPolicy/web spec.egress', 'web -> postgres:5432/TCP', closed('Django keeps its data there')],
  ]);
});

test('finds a flow that the receiver does not let in', () => {
  const subject = policy('elasticsearch', (spec) => {
    spec.ingress.shift();
  });
  expect(found(reachability, subject)).toEqual([
    [
      'NetworkPolicy/elasticsearch spec.ingress',
      'web -> elasticsearch:9200/TCP',
      closed('Django searches and indexes there'),
    ],
  ]);
});

test('finds the forgotten DNS', () => {
  const subject = policy('backup', (spec) => {
    spec.egress.pop();
  });
  expect(found(reachability, subject)).toEqual([
    ['NetworkPolicy/backup spec.egress', 'backup -> dns:53/UDP', closed('finds the services above by name')],
    ['NetworkPolicy/backup spec.egress', 'backup -> dns:53/TCP', closed('finds the services above by name')],
  ]);
});

test("finds the Service's port in the place of the container's", () => {
  const subject = policy('web', (spec) => {
    spec.ingress[0].ports = [{ port: 80 }];
  });
  expect(found(reachability, subject)).toEqual([
    ['NetworkPolicy/web spec.ingress', 'ingress-controller -> web:8000/TCP', closed('people open the site')],
    ['NetworkPolicy/web', 'ingress-controller -> web:80/TCP', OPEN],
  ]);
});

test('finds a component that may receive and send more than the table says', () => {
  const elasticsearch = { podSelector: { matchLabels: { 'app.kubernetes.io/component': 'elasticsearch' } } };
  const subject = policy('postgres', (spec) => {
    spec.ingress[0].from.push(elasticsearch);
  });
  // One side alone opens nothing yet.
  expect(found(reachability, subject)).toEqual([
    [
      'NetworkPolicy/postgres spec.ingress',
      'elasticsearch -> postgres:5432/TCP',
      'is not in the flow table, and only the sending end keeps it closed',
    ],
  ]);

  const postgres = { podSelector: { matchLabels: { 'app.kubernetes.io/component': 'postgres' } } };
  subject.manifests
    .find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'elasticsearch')
    ?.spec.egress.push({ to: [postgres], ports: [{ port: 5432 }] });
  expect(found(reachability, subject)).toEqual([
    ['NetworkPolicy/postgres', 'elasticsearch -> postgres:5432/TCP', OPEN],
  ]);
});

test('finds what the sending end alone would let out', () => {
  const subject = policy('web', (spec) => {
    delete spec.egress[0].ports;
  });
  expect(found(reachability, subject)).toEqual([
    [
      'NetworkPolicy/web spec.egress',
      'web -> postgres, every port',
      'is not in the flow table, and only the receiving end keeps it closed',
    ],
  ]);
});

test('finds OR written for AND: the whole namespace of the controller, and its labels everywhere', () => {
  const subject = policy('web', (spec) => {
    const [{ namespaceSelector, podSelector }] = spec.ingress[0].from;
    spec.ingress[0].from = [{ namespaceSelector }, { podSelector }];
  });
  expect(found(reachability, subject)).toEqual([
    ['NetworkPolicy/web', 'another pod in traefik -> web:8000/TCP', OPEN],
  ]);
});

test('finds labels without a namespace, which another environment in the cluster has too', () => {
  const subject = policy('postgres', (spec) => {
    for (const peer of spec.ingress[0].from) peer.namespaceSelector = {};
  });
  expect(found(reachability, subject)).toEqual([
    ['NetworkPolicy/postgres', 'another-namespace -> postgres:5432/TCP', OPEN],
  ]);
});

test('finds an empty list of peers, which means everybody', () => {
  const subject = policy('web', (spec) => {
    spec.ingress[0].from = [];
  });
  expect(found(reachability, subject).filter(([, , wrong]) => wrong === OPEN)).toEqual(
    ['dns', 'another-namespace', 'another pod in kube-system', 'another pod in traefik', 'internet'].map(
      (from) => ['NetworkPolicy/web', `${from} -> web:8000/TCP`, OPEN],
    ),
  );
});

test('finds egress without peers and ports: the internet, cloud credentials, the kubelet', () => {
  const subject = policy('web', (spec) => {
    spec.egress.push({});
  });
  const values = found(reachability, subject).map(([, value]) => value);
  expect(values).toEqual(
    expect.arrayContaining([
      'web -> internet, every port',
      'web -> metadata-address, every port',
      'web -> kubelet, every port',
      'web -> another-namespace, every port',
    ]),
  );
});

test('finds the internet without its exceptions', () => {
  const subject = policy('web', (spec) => {
    spec.egress.push({
      to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '192.168.0.0/16', '203.0.113.0/24'] } }],
      ports: [{ port: 80 }],
    });
  });
  expect(found(reachability, subject)).toEqual([
    ['NetworkPolicy/web', 'web -> metadata-address:80/TCP', OPEN],
  ]);
});

test('finds what is open when the default is missing and a pod has no policy', () => {
  const subject = without('NetworkPolicy/default-deny');
  const manifests = subject.manifests.filter(
    ({ kind, metadata }) => kind !== 'NetworkPolicy' || metadata.name !== 'backup',
  );
  const values = found(reachability, { ...subject, manifests }).map(([, value]) => value);
  expect(values).toEqual(
    expect.arrayContaining(['internet -> backup, every port', 'backup -> internet, every port']),
  );
});

test('opens node ports only where the environment has them', () => {
  const nodes = { 'node-port': [{ address: '172.18.0.2' }, { address: '192.168.49.2' }] };
  const withNodes = (subject: CopedSubject): CopedSubject => ({
    ...subject,
    outsiders: { ...subject.outsiders, ...nodes },
  });
  const why = closed('a laptop opens localhost:8000, past the ingress');
  expect(found(reachability, withNodes(good()))).toEqual([
    ['NetworkPolicy/web spec.ingress', 'node-port -> web:8000/TCP', why],
  ]);

  const opened = policy('web', (spec) => {
    spec.ingress[0].from.push(
      { ipBlock: { cidr: '172.18.0.0/16' } },
      { ipBlock: { cidr: '192.168.0.0/16' } },
    );
  });
  expect(found(reachability, withNodes(opened))).toEqual([]);
});

test('takes a whole namespace for the controller where the environment does', () => {
  const outsiders = { ...good().outsiders, 'ingress-controller': [{ namespace: 'traefik', labels: {} }] };
  const subject = policy('web', (spec) => {
    delete spec.ingress[0].from[0].podSelector;
  });
  expect(found(reachability, { ...subject, outsiders })).toEqual([]);
});
