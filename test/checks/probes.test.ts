import { probes } from '../../lib/checks/probes';
import { broken, found, MAIN, main } from './fixture';

test.each([
  ['startupProbe', 'is missing, so a slow start counts as a failure'],
  ['readinessProbe', 'is missing, so requests arrive before anybody can answer'],
  ['livenessProbe', 'is missing, so a process that hangs is never restarted'],
])('misses a %s', (probe, wrong) => {
  const subject = broken('Deployment/web', (web) => {
    delete main(web)[probe];
  });
  expect(found(probes, subject)).toEqual([[`${MAIN}.${probe}`, undefined, wrong]]);
});

test('refuses a probe of another host', () => {
  const subject = broken('Deployment/web', (web) => {
    main(web).readinessProbe = { httpGet: { host: 'example.org', port: 'main' } };
  });
  expect(found(probes, subject)).toEqual([
    [`${MAIN}.readinessProbe.httpGet.host`, 'example.org', 'asks somebody other than the pod'],
  ]);
});

test('refuses a hook that calls another host', () => {
  const subject = broken('Deployment/web', (web) => {
    main(web).lifecycle.preStop = { httpGet: { host: 'example.org', port: 'main' } };
  });
  expect(found(probes, subject)).toEqual([
    [`${MAIN}.lifecycle.preStop.httpGet.host`, 'example.org', 'asks somebody other than the pod'],
  ]);
});
