import { componentsIn } from '../../lib/components';
import { flows } from '../../lib/network/flows';
import { model as development } from '../e2e/development/model';
import { model as hosted } from '../e2e/hosted/environment';
import { allPorts, IMPOSTOR, OUTSIDE, partiesOf } from '../e2e/network/parties';
import { owner, probePod } from '../e2e/network/probes';

test('where everything runs, every component is a party', () => {
  const withPods = componentsIn(hosted.environment).filter(({ configuration }) => !configuration);
  const ours = withPods.map(({ name }) => `coped-e2e/${name}`);
  const others = ['coped-e2e/bystander', 'traefik/ingress-controller', `${OUTSIDE}/${IMPOSTOR}`];
  const names = partiesOf(hosted).map(({ name, namespace }) => `${namespace}/${name}`);
  expect(names.sort()).toEqual([...ours, ...others].sort());
});

test('the impostor differs from web in nothing but the namespace', () => {
  const parties = partiesOf(development);
  const web = parties.find(({ name }) => name === 'web');
  const impostor = parties.find(({ name }) => name === IMPOSTOR);
  expect(impostor?.labels).toEqual(web?.labels);
  expect(impostor?.namespace).not.toBe(web?.namespace);
});

test('every port is tried: those of the flow table, and others at which only we listen', () => {
  const opened = flows.map(({ port }) => port).filter((port) => port !== 53);
  expect(allPorts([])).toEqual([...new Set(opened)].sort((a, b) => a - b));
  // The readiness port of Elasticsearch.
  expect(allPorts(development.manifests)).toContain(8080);
});

test('a probe gets no traffic, is adopted by no controller, and is found again', () => {
  const pod = probePod({ name: 'web', namespace: 'n', labels: { a: 'b' } }, 'id', 'image', [80, 81]);
  expect(pod.metadata.labels).toEqual({ a: 'b', ...owner('n').metadata.labels });
  expect(pod.spec.readinessGates).toHaveLength(1);
  expect(pod.metadata.ownerReferences).toEqual([expect.objectContaining({ uid: 'id', controller: true })]);
});
