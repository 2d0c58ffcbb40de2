import type { Json } from '../../../../checker/manifests/manifest';
import { stickySessions } from '../../../../checker/rules/ingress/sticky-sessions';
import { softwareNeeds } from '../../../../checker/rules/software/software-needs';
import { manifestsOf, named } from '../../../support';
import { found, good } from '../../fixture';

/** What the rule finds in production after a change to some objects. */
function after(changes: Readonly<Record<string, (object: Json) => void>>) {
  const manifests = structuredClone(manifestsOf(named('production')));
  for (const [name, change] of Object.entries(changes)) {
    change(manifests.find(({ kind, metadata }) => `${kind}/${metadata.name}` === name));
  }
  return found(stickySessions, { ...good(), software: softwareNeeds, manifests });
}

const annotated = (annotations: object | undefined) => (object: Json) =>
  Object.assign(object.metadata, { annotations });

test('finds nothing in what is written', () => {
  expect(after({})).toEqual([]);
});

test.each([
  undefined,
  {},
  { 'prometheus.io/scrape': 'true' },
])('finds several pods between which a browser is sent back and forth: %j', (annotations) => {
  expect(after({ 'Service/dashboards': annotated(annotations) })).toEqual([
    [
      'Service/dashboards metadata.annotations',
      undefined,
      'do not keep a browser with one of the pods of Deployment/dashboards, and Ingress/ingress does not either',
    ],
  ]);
});

test.each<[string, object]>([
  ['the Ingress says it', { 'nginx.ingress.kubernetes.io/affinity': 'cookie' }],
  ['a balancer is told', { 'alb.ingress.kubernetes.io/target-group-attributes': 'stickiness.enabled=true' }],
])('is content where %s', (_, annotations) => {
  expect(
    after({ 'Service/dashboards': annotated(undefined), 'Ingress/ingress': annotated(annotations) }),
  ).toEqual([]);
});

test('has nothing to say about a single pod, or about servers that keep nothing', () => {
  const one = ({ spec }: Json) => {
    spec.replicas = 1;
  };
  expect(after({ 'Service/dashboards': annotated(undefined), 'Deployment/dashboards': one })).toEqual([]);
  expect(after({ 'Service/web': annotated(undefined) })).toEqual([]);
});
