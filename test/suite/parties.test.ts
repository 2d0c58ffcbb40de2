import { componentNames } from '../../lib/components';
import { flows } from '../../lib/network/flows';
import { model as development } from '../e2e/development/model';
import { model as hosted } from '../e2e/hosted/environment';
import { allPorts, IMPOSTOR, OUTSIDE, partiesOf, portsOf } from '../e2e/network/parties';
import { owner, probePod } from '../e2e/network/probe-pod';

const namesIn = (model: typeof development) =>
  partiesOf(model).map(({ name, namespace }) => `${namespace}/${name}`);

test('where everything runs, every component is a party', () => {
  const ours = componentNames.map((name) => `coped-e2e/${name}`);
  const others = ['coped-e2e/bystander', 'traefik/ingress-controller', `${OUTSIDE}/${IMPOSTOR}`];
  expect(namesIn(hosted).sort()).toEqual([...ours, ...others].sort());
});

test('what an environment does not have is no party', () => {
  expect(namesIn(development)).not.toContain('coped-development/migrate');
});

test('the impostor differs from web in nothing but the namespace', () => {
  const parties = partiesOf(development);
  const web = parties.find(({ name }) => name === 'web');
  const impostor = parties.find(({ name }) => name === IMPOSTOR);
  expect(impostor?.labels).toEqual(web?.labels);
  expect(impostor?.namespace).not.toBe(web?.namespace);
});

test('ports come from the flow table and from containers', () => {
  expect(portsOf('elasticsearch')).toEqual([9200, 9300]);
  expect(allPorts([])).toEqual(
    [...new Set(flows.map(({ port }) => port))].filter((port) => port !== 53).sort((a, b) => a - b),
  );
  // The readiness port of Elasticsearch, which no line opens.
  expect(allPorts(development.manifests)).toContain(8080);
});

test('a probe gets no traffic, is adopted by no controller, and is found again', () => {
  const pod = probePod({ name: 'web', namespace: 'n', labels: { a: 'b' } }, 'id', 'image', [80, 81]);
  expect(pod.metadata.labels).toEqual({ a: 'b', ...owner('n').metadata.labels });
  expect(pod.spec.readinessGates).toHaveLength(1);
  expect(pod.metadata.ownerReferences).toEqual([expect.objectContaining({ uid: 'id', controller: true })]);
});
