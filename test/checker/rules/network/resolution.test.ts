import type { Json } from '../../../../checker/manifests/manifest';
import { resolution } from '../../../../checker/rules/network/resolution';
import { broken, found, main } from '../../fixture';

const POD = 'Deployment/web spec.template.spec';
const after = (more: Json) =>
  found(
    resolution,
    broken('Deployment/web', (web) => {
      main(web).env.push({ name: 'SQL_HOST', value: 'postgres' });
      Object.assign(web.spec.template.spec, more);
    }),
  ).map(([where, value]) => [where, value]);

test.each(['Default', 'None'])('finds a pod that asks another DNS for Services: %s', (dnsPolicy) => {
  expect(after({ dnsPolicy })).toEqual([[`${POD}.dnsPolicy`, dnsPolicy]]);
});

test('finds a pod in the network of its node that does not ask the cluster', () => {
  expect(after({ hostNetwork: true })).toEqual([[`${POD}.dnsPolicy`, 'ClusterFirst']]);
  expect(after({ hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' })).toEqual([]);
});

test('finds the name of a Service in the hosts file of a pod', () => {
  const hostAliases = [{ ip: '203.0.113.7', hostnames: ['postgres', 'example.org'] }];
  expect(after({ hostAliases })).toEqual([[`${POD}.hostAliases`, 'postgres']]);
});

test('leaves a pod alone that asks for no Service, if it is not ours', () => {
  const subject = broken('StatefulSet/postgres', ({ spec }) => {
    spec.template.spec.dnsPolicy = 'Default';
  });
  expect(found(resolution, { ...subject, own: undefined })).toEqual([]);
  expect(found(resolution, subject)).toHaveLength(1);
});

test('finds nothing in a good environment', () => {
  expect(after({})).toEqual([]);
  expect(after({ dnsPolicy: 'ClusterFirst' })).toEqual([]);
});
