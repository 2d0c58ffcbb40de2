import { network } from '../../../checker/plan/access/network';
import { edited, lines, release, says, without } from './planned';

const component = (name: string) => ({
  podSelector: { matchLabels: { 'app.kubernetes.io/component': name, 'app.kubernetes.io/part-of': 'coped' } },
});

test('a pair opens only when both ends allow it', () => {
  const subject = edited('production', 'NetworkPolicy/postgres', ({ spec }) => {
    spec.ingress.push({ from: [component('dashboards')], ports: [{ port: 5432 }] });
  });
  expect(says(network, subject)).toEqual([]);
  const egress = subject.manifests.find(
    ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'dashboards',
  )?.spec.egress;
  egress.push({ to: [component('postgres')], ports: [{ port: 5432 }] });
  expect(says(network, subject)).toEqual([
    { about: 'dashboards -> postgres', what: 'opens: 5432/TCP', danger: true },
  ]);
});

test('an open door to the world is seen, with every port', () => {
  const subject = edited('production', 'NetworkPolicy/web', ({ spec }) => {
    spec.ingress.push({});
  });
  // A kubelet may always call the pods of its node.
  expect(lines(says(network, subject)).filter((line) => line.startsWith('kubelet'))).toEqual([]);
  expect(says(network, subject)).toContainEqual({
    about: 'internet -> web',
    what: expect.stringMatching(/every other TCP port/),
    danger: true,
  });
});

test('a pair closes', () => {
  const subject = edited('production', 'NetworkPolicy/web', ({ spec }) => {
    spec.egress = spec.egress.filter(({ ports }: { ports: { port: number }[] }) => ports[0]?.port !== 9200);
  });
  expect(says(network, subject)).toEqual([
    { about: 'web -> elasticsearch', what: 'closes: 9200/TCP', danger: false },
  ]);
});

test('a neighbour who is not one of us any more is named by its labels', () => {
  const subject = release('production', { 'ingress.controller.namespace': 'edge' });
  expect(lines(says(network, subject))).toEqual([
    'ingress-controller -> api: opens: 8000/TCP',
    'ingress-controller -> dashboards: opens: 8866/TCP',
    'ingress-controller -> web: opens: 8000/TCP',
    'pods with app.kubernetes.io/name=traefik in traefik -> api: closes: 8000/TCP',
    'pods with app.kubernetes.io/name=traefik in traefik -> dashboards: closes: 8866/TCP',
    'pods with app.kubernetes.io/name=traefik in traefik -> web: closes: 8000/TCP',
  ]);
});

test('so are addresses', () => {
  const subject = edited('production', 'NetworkPolicy/web', ({ spec }) => {
    spec.ingress.push({ from: [{ ipBlock: { cidr: '10.9.0.0/16' } }], ports: [{ port: 8000 }] });
  });
  expect(lines(says(network, subject))).toEqual(['10.9.0.0/16 -> web: opens: 8000/TCP']);
});

test('a policy that is left behind goes on counting until it is deleted', () => {
  const deny = without('production', 'NetworkPolicy/default-deny', 'NetworkPolicy/dashboards');
  const told = lines(says(network, deny));
  expect(told.every((line) => line.includes('when what is left behind is deleted'))).toBe(true);
  expect(told).toContainEqual(expect.stringMatching(/^internet -> dashboards: opens when/));
});
