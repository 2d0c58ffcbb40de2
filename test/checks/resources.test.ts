import { resources } from '../../lib/checks/resources';
import { broken, found, MAIN, main } from './fixture';

test.each([
  ['requests', 'cpu'],
  ['requests', 'memory'],
  ['requests', 'ephemeral-storage'],
  ['limits', 'memory'],
  ['limits', 'ephemeral-storage'],
])('misses %s of %s', (bound, name) => {
  const subject = broken('Deployment/web', (web) => {
    delete main(web).resources[bound][name];
  });
  expect(found(resources, subject)).toEqual([
    [`${MAIN}.resources.${bound}.${name}`, undefined, 'is missing'],
  ]);
});

test('misses everything of a container without resources, init containers included', () => {
  const subject = broken('Deployment/web', (web) => {
    delete web.spec.template.spec.initContainers[0].resources;
  });
  expect(found(resources, subject)).toHaveLength(5);
});

test.each(['512MB', '0', '-1', ''])('refuses %j as an amount', (value) => {
  const subject = broken('Deployment/web', (web) => {
    main(web).resources.requests.memory = value;
  });
  expect(found(resources, subject)).toEqual([
    [`${MAIN}.resources.requests.memory`, value, 'is not an amount'],
  ]);
});

test('refuses a request above the limit', () => {
  const subject = broken('Deployment/web', (web) => {
    main(web).resources.requests.memory = '1Gi';
  });
  expect(found(resources, subject)).toEqual([
    [`${MAIN}.resources.requests.memory`, '1Gi', 'is above the limit, 256Mi'],
  ]);
});

test('accepts a request that is the limit', () => {
  const subject = broken('Deployment/web', (web) => {
    main(web).resources.requests.memory = '256Mi';
  });
  expect(found(resources, subject)).toEqual([]);
});
