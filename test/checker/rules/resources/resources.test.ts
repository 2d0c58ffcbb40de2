import { resources } from '../../../../checker/rules/resources/resources';
import { broken, found, MAIN, main } from '../../fixture';

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

describe('a volume in memory', () => {
  const inMemory = (emptyDir: object, mount: object = {}) =>
    found(
      resources,
      broken('Deployment/web', (web) => {
        web.spec.template.spec.volumes.push({ name: 'fast', emptyDir });
        main(web).volumeMounts.push({ name: 'fast', mountPath: '/fast', ...mount });
      }),
    );
  const where = `${MAIN.replace('.containers[web]', '')}.volumes[fast].emptyDir.sizeLimit`;

  test('has to be smaller than the memory of whoever writes to it', () => {
    const wrong = 'is above the memory limit of container web, 256Mi: it is killed before the volume is full';
    expect(inMemory({ medium: 'Memory', sizeLimit: '257Mi' })).toEqual([[where, '257Mi', wrong]]);
    expect(inMemory({ medium: 'Memory', sizeLimit: '256Mi' })).toEqual([]);
    expect(inMemory({ medium: 'Memory', sizeLimit: '1Gi' }, { readOnly: true })).toEqual([]);
    expect(inMemory({ sizeLimit: '1Gi' })).toEqual([]);
  });

  test('has a size', () => {
    const wrong = 'is missing, so files there take memory until a container is killed';
    expect(inMemory({ medium: 'Memory' })).toEqual([[where, undefined, wrong]]);
  });
});
