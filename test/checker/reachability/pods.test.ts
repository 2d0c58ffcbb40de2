import type { Json } from '../../../checker/manifests/manifest';
import { matrix, ourPods } from '../../../checker/reachability/matrix';
import type { Manifest } from '../../manifest';
import { policy } from './two-pods';

// How pods, and what policies see of them, are read from the objects that make them.

const object = (kind: string, name: string, spec: Json, metadata: Json = {}): Manifest => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace: 'ours', ...metadata },
  spec,
});
const port = (containerPort: number, more: Json = {}) => ({ ports: [{ containerPort, ...more }] });
const template = (labels: Json, spec: Json = { containers: [port(80)] }) => ({ metadata: { labels }, spec });
const bare = (name: string, spec: Json, metadata: Json = {}) =>
  object('Pod', name, { containers: [], ...spec }, { labels: { app: name }, ...metadata });

test.each<[string, Json]>([
  ['Deployment', { template: template({ app: 'it' }) }],
  ['StatefulSet', { template: template({ app: 'it' }) }],
  ['DaemonSet', { template: template({ app: 'it' }) }],
  ['ReplicaSet', { template: template({ app: 'it' }) }],
  ['Job', { template: template({ app: 'it' }) }],
  ['CronJob', { jobTemplate: { spec: { template: template({ app: 'it' }) } } }],
])('policies hold for the pods of a %s by the labels of its template', (kind, spec) => {
  const held = policy({ podSelector: { matchLabels: { app: 'it' } }, policyTypes: ['Ingress', 'Egress'] });
  const internet = { internet: { address: '203.0.113.7' } };
  const it = object(kind, 'it', spec, { labels: { app: 'the labels of the object are nobody’s' } });
  expect(matrix([it], internet)).toContain(`internet -> ${kind}/it:80/TCP`);
  expect(matrix([it, held], internet)).toEqual([]);
});

test('a bare Pod has its own labels', () => {
  const held = policy({ podSelector: { matchLabels: { app: 'it' } }, policyTypes: ['Ingress', 'Egress'] });
  expect(matrix([bare('it', {}), held])).toEqual([]);
  expect(matrix([bare('other', {}), held])).not.toEqual([]);
});

test('pods without labels are selected by what selects everybody, and by no label', () => {
  const [it] = ourPods([object('Deployment', 'it', { template: { spec: {} } })]);
  expect(it).toMatchObject({ labels: {}, namespace: 'ours', listens: [] });
});

test('the namespace is the one that kubectl would take, with the labels of its object if there is one', () => {
  const labels = { team: 'a' };
  const pods = ourPods([
    object('Namespace', 'ours', undefined, { namespace: undefined, labels }),
    bare('here', {}),
    bare('there', {}, { namespace: 'theirs' }),
    bare('nowhere', {}, { namespace: undefined }),
  ]);
  expect(pods).toMatchObject([
    { namespace: 'ours', namespaceLabels: labels },
    { namespace: 'theirs', namespaceLabels: undefined },
    { namespace: 'default', namespaceLabels: undefined },
  ]);
});

test('namespaces without an object can be selected by their name, and by the lack of labels', () => {
  const from = (namespaceSelector: Json) => [
    bare('web', {}),
    bare('db', port(5432), { namespace: 'theirs' }),
    {
      ...policy({ ingress: [{ from: [{ namespaceSelector }] }] }),
      metadata: { name: 'p', namespace: 'theirs' },
    },
  ];
  const open = (namespaceSelector: Json) =>
    matrix(from(namespaceSelector)).includes('Pod/web -> Pod/db:1/TCP');
  expect(open({ matchLabels: { 'kubernetes.io/metadata.name': 'ours' } })).toBe(true);
  expect(open({ matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] })).toBe(true);
  expect(open({ matchLabels: { team: 'a' } })).toBe(false);
});

test('ports have names in containers and sidecars, but not in containers that only prepare', () => {
  const [it] = ourPods([
    bare('it', {
      initContainers: [
        port(1, { name: 'preparing' }),
        { ...port(2, { name: 'beside', protocol: 'UDP' }), restartPolicy: 'Always' },
      ],
      containers: [port(3, { name: 'main' }), {}, port(4)],
    }),
  ]);
  expect(it?.listens).toEqual([
    { name: 'beside', port: 2, protocol: 'UDP' },
    { name: 'main', port: 3, protocol: 'TCP' },
    { name: undefined, port: 4, protocol: 'TCP' },
  ]);
});

describe('a pod in the network of its node', () => {
  const main = { containers: [port(9100, { name: 'main' })] };
  const deny = policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  const agent = bare('agent', { ...main, hostNetwork: true });
  const internet = { internet: { address: '203.0.113.7' } };

  test('is held by no policy', () => {
    expect(matrix([agent, deny], internet)).toContain('internet -> Pod/agent:9100/TCP');
    expect(matrix([agent, deny], internet)).toContain('Pod/agent -> internet:1/TCP');
  });

  test('is no pod to selectors, only an address', () => {
    const open = (peer: Json) =>
      matrix([agent, bare('web', {}), policy({ podSelector: {}, ingress: [{ from: [peer] }] })]).filter(
        (line) => line === 'Pod/agent -> Pod/web:1/TCP',
      );
    expect(open({ podSelector: {} })).toHaveLength(0);
    expect(open({ namespaceSelector: {} })).toHaveLength(0);
    expect(open({ ipBlock: { cidr: '192.168.0.0/16' } })).toHaveLength(1);
  });

  test('has no named ports', () => {
    const policies = (given: Json) => [
      agent,
      bare('web', {}),
      policy({ podSelector: {}, policyTypes: ['Egress'], egress: [{ ports: [{ port: given }] }] }),
    ];
    expect(matrix(policies('main'))).not.toContain('Pod/web -> Pod/agent:9100/TCP');
    expect(matrix(policies(9100))).toContain('Pod/web -> Pod/agent:9100/TCP');
  });
});
