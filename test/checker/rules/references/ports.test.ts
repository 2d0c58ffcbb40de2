import { ports } from '../../../../checker/rules/references/ports';
import { broken, found, MAIN, main, withMore } from '../../fixture';
import { container, pods } from '../../small-environment/blocks';

const TARGET = 'Service/web spec.ports[main].targetPort';

test('refuses a named target port that the pods do not have', () => {
  const subject = broken('Service/web', (service) => {
    service.spec.ports[0].targetPort = 'http';
  });
  expect(found(ports, subject)).toEqual([
    [TARGET, 'http', 'is not a TCP port of the pods of Deployment/web'],
  ]);
  expect(ports.find(subject)[0]?.remedy).toBe('Use one of: main (8000)');
});

test("refuses the Service's own port where the pods listen on another", () => {
  const subject = broken('Service/web', (service) => {
    delete service.spec.ports[0].targetPort;
  });
  expect(found(ports, subject)).toEqual([[TARGET, 80, 'is not a TCP port of the pods of Deployment/web']]);
});

test('refuses the right port with the wrong protocol', () => {
  const subject = broken('Service/web', (service) => {
    service.spec.ports[0].protocol = 'UDP';
  });
  expect(found(ports, subject)).toEqual([
    [TARGET, 'main', 'is not a UDP port of the pods of Deployment/web'],
  ]);
});

test.each([
  ['httpGet', 'http'],
  ['tcpSocket', 8001],
  ['grpc', 9000],
])('refuses a probe by %s of a port that nobody opens', (action, port) => {
  const subject = broken('Deployment/web', (web) => {
    main(web).readinessProbe = { [action]: { port } };
  });
  expect(found(ports, subject)).toEqual([
    [`${MAIN}.readinessProbe.${action}.port`, port, 'is not a port of the container'],
  ]);
});

test('refuses a name or number twice in a pod', () => {
  const subject = broken('Deployment/web', (web) => {
    web.spec.template.spec.initContainers[0].ports = [{ name: 'main', containerPort: 8000 }];
  });
  expect(found(ports, subject)).toEqual([
    [`${MAIN}.ports[main]`, 'main', 'is taken by another port of the same pod'],
    [`${MAIN}.ports[main]`, '8000/TCP', 'is taken by another port of the same pod'],
  ]);
});

test('refuses ports that only root may open', () => {
  const subject = broken('Deployment/web', (web) => {
    main(web).ports.push({ containerPort: 1023 });
  });
  expect(found(ports, subject)).toEqual([
    [`${MAIN}.ports[1023].containerPort`, 1023, 'is a port that only root may listen on'],
  ]);
});

test('accepts the first port that everybody may open, and says what to do where there is none', () => {
  const subject = broken('Deployment/web', (web) => {
    web.spec.template.spec.initContainers[0].ports = [{ containerPort: 1024 }];
    delete main(web).ports;
  });
  const [finding] = ports.find(subject).filter(({ where }) => where.startsWith(MAIN));
  expect(finding?.remedy).toBe('Declare the port among the ports of the container');
  expect(ports.find(subject).map(({ wrong }) => wrong)).not.toContain(
    'is a port that only root may listen on',
  );
});

test('pods of another namespace are not behind a Service', () => {
  const subject = withMore([
    'apps/v1',
    'Deployment',
    'web',
    { metadata: { name: 'web', namespace: 'other' }, spec: { template: pods('web', [container('web')]) } },
  ]);
  expect(found(ports, subject)).toEqual([]);
});
