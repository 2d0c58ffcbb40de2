import { availability } from '../../../../checker/rules/availability/availability';
import { broken, found, main, withMore } from '../../fixture';

test('refuses no replicas', () => {
  const subject = broken('StatefulSet/postgres', ({ spec }) => {
    spec.replicas = 0;
  });
  expect(found(availability, subject)).toEqual([
    ['StatefulSet/postgres spec.replicas', 0, 'leaves no pod to answer requests'],
  ]);
});

test('refuses an autoscaler that ends before it starts', () => {
  const subject = broken('HorizontalPodAutoscaler/web', ({ spec }) => {
    spec.maxReplicas = 1;
  });
  expect(found(availability, subject)).toEqual([
    [
      'Deployment/web autoscaler',
      { minReplicas: 2, maxReplicas: 1 },
      'is a range that ends before it starts',
    ],
  ]);
});

test('calls a range that ends at nothing by its name', () => {
  const subject = broken('HorizontalPodAutoscaler/web', ({ spec }) => {
    Object.assign(spec, { minReplicas: 1, maxReplicas: 0 });
  });
  expect(found(availability, subject)[0]?.[2]).toBe('is a range that ends before it starts');
});

test('asks whose autoscaler it is', () => {
  const fields = { spec: { scaleTargetRef: { kind: 'StatefulSet', name: 'web' }, maxReplicas: 3 } };
  const subject = withMore(['autoscaling/v2', 'HorizontalPodAutoscaler', 'other', fields]);
  const web = subject.manifests.find(({ kind }) => kind === 'Deployment');
  if (web) web.spec.replicas = 2;
  expect(found(availability, subject)).toHaveLength(1);
});

test('refuses replicas beside an autoscaler', () => {
  const subject = broken('Deployment/web', ({ spec }) => {
    spec.replicas = 2;
  });
  expect(found(availability, subject)).toEqual([
    [
      'Deployment/web spec.replicas',
      2,
      'is set although an autoscaler owns it: every apply would throw its decision away',
    ],
  ]);
});

test('a server that does not say how many pods it has', () => {
  const subject = broken('Deployment/web', ({ spec }) => {
    delete spec.replicas;
  });
  const autoscalers = subject.manifests.filter(({ kind }) => kind === 'HorizontalPodAutoscaler');
  const manifests = subject.manifests.filter((manifest) => !autoscalers.includes(manifest));
  expect(found(availability, { ...subject, manifests })).toEqual([
    ['Deployment/web spec.replicas', undefined, 'is missing and no autoscaler decides, so a single pod runs'],
  ]);
});

describe('the target of an autoscaler', () => {
  const path = 'HorizontalPodAutoscaler/web spec.metrics[0].resource.target';
  const withTarget = (name: string, target: object, resources: object) => {
    const subject = broken('Deployment/web', (web) => {
      main(web).resources = resources;
    });
    const autoscaler = subject.manifests.find(({ kind }) => kind === 'HorizontalPodAutoscaler');
    if (autoscaler) autoscaler.spec.metrics = [{ type: 'Resource', resource: { name, target } }];
    return found(availability, subject);
  };
  const memory = { requests: { memory: '128Mi', cpu: '1' }, limits: { memory: '256Mi' } };

  test.each([200, 300])('is never passed above the limits: %d %', (averageUtilization) => {
    expect(withTarget('memory', { averageUtilization }, memory)).toEqual([
      [
        `${path}.averageUtilization`,
        averageUtilization,
        'is never passed: the limits of Deployment/web end at 200 %',
      ],
    ]);
  });

  test('is never passed as an amount above the limits', () => {
    expect(withTarget('memory', { averageValue: '1Gi' }, memory)).toEqual([
      [`${path}.averageValue`, '1Gi', 'is never passed: the limits of Deployment/web end at 268435456'],
    ]);
  });

  test.each<[string, string, object, object]>([
    ['is below the limits', 'memory', { averageUtilization: 150 }, memory],
    ['is above the request of what has no limit', 'cpu', { averageUtilization: 150 }, memory],
    [
      'has no request to be compared with',
      'memory',
      { averageUtilization: 80 },
      { limits: { memory: '1Gi' } },
    ],
    ['is an amount below', 'memory', { averageValue: '200Mi' }, memory],
  ])('is fine where it %s', (_, name, target, resources) => {
    expect(withTarget(name, target, resources)).toEqual([]);
  });
});
