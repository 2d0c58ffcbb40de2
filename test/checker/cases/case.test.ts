import { good } from '../fixture';
import { casesIn } from './case';
import { type Change, changed } from './change';

const CHANGE = 'remove: [ConfigMap/web data]';

test.each([
  ['a misspelt key', `cases: [{ accepts: x, ${CHANGE}, finding: x }]`, /Unrecognized key: \\"finding\\"/],
  ['a misspelt key of a change', `cases: [{ accepts: x, ${CHANGE}, committed: { sett: {} } }]`, /\\"sett\\"/],
  ['finds without findings', `cases: [{ finds: x, ${CHANGE} }]`, /needs findings/],
  ['accepts with findings', `cases: [{ accepts: x, ${CHANGE}, findings: x }]`, /needs findings/],
  ['neither finds nor accepts', `cases: [{ ${CHANGE} }]`, /needs finds or accepts/],
  ['a case that changes nothing', 'cases: [{ accepts: x }]', /changes nothing/],
  ['no cases', 'cases: []', /cases/],
  ['one title twice', `cases: [{ accepts: x, ${CHANGE} }, { accepts: x, ${CHANGE} }]`, /several cases/],
  ['an unused column', `cases: [{ accepts: x, ${CHANGE}, each: { a: [1] } }]`, /No \$a in/],
])('refuses %s', (_, text, wrong) => {
  expect(() => casesIn(text, 'x.yaml')).toThrow(wrong);
  expect(() => casesIn(text, 'x.yaml')).toThrow(/^x\.yaml: /);
});

test('makes one case of each row', () => {
  const text = 'cases: [{ finds: a $a, set: { A/b $a: $b }, findings: "$a $b", each: [{ a: x, b: [1] }] }]';
  expect(casesIn(text, 'x.yaml').cases).toEqual([
    { title: 'finds a x', set: { 'A/b x': [1] }, findings: 'x [1]' },
  ]);
});

test.each<[Change]>([
  [{ without: ['Service/wep'] }],
  [{ remove: ['Service/wep spec'] }],
  [{ remove: ['Service/web spec.type'] }],
  [{ remove: ['Service/web'] }],
  [{ set: { 'Service/web spec.port[main].port': 1 } }],
  [{ set: { 'Service/web spec.ports[http]': {} } }],
  [{ set: { 'Service/web spec.ports[1]': {} } }],
  [{ append: { 'Service/web spec': [] } }],
])('refuses a path that leads nowhere: %j', (change) => {
  expect(() => changed(good().manifests, change)).toThrow(/^There is no/);
});

test('changes a copy, in the language of findings', () => {
  const { manifests } = good();
  const [service] = changed(manifests, {
    without: ['Namespace/coped-test', 'ConfigMap/web'],
    add: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' }, data: { 'a.b': 'x' } }],
    remove: ['Service/web spec.selector', 'Service/web spec.ports[0].targetPort'],
    set: { 'Service/web spec.ports[main].port': 81, 'ConfigMap/web data[a.b]': 'y' },
    append: { 'Service/web spec.ports': [{ port: 82 }] },
  }).filter(({ kind, metadata }) => metadata.name === 'web' && ['ConfigMap', 'Service'].includes(kind));
  expect(service?.spec).toEqual({ ports: [{ name: 'main', port: 81 }, { port: 82 }] });
  expect(manifests).toEqual(good().manifests);
});
