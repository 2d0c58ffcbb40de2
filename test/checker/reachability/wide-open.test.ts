import type { Manifest } from '../../manifest';
import { type Change, component, found, isPolicy, NAMES, real } from './real';
import { closed, DNS, half, NOTEBOOKS, open } from './sentences';

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
