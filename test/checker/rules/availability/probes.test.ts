import { probes } from '../../../../checker/rules/availability/probes';
import { broken, found, MAIN, main } from '../../fixture';

test.each([
  ['startupProbe', 'is missing, so a slow start counts as a failure'],
  ['readinessProbe', 'is missing, so requests arrive before the container can answer'],
  ['livenessProbe', 'is missing, so a process that hangs is never restarted'],
])('misses a %s', (probe, wrong) => {
  const subject = broken('Deployment/web', (web) => {
    delete main(web)[probe];
  });
  expect(found(probes, subject)).toEqual([[`${MAIN}.${probe}`, undefined, wrong]]);
});

test('asks nothing of containers that run to their end', () => {
  const subject = broken('Job/postgres-bootstrap', (job) => {
    delete main(job).livenessProbe;
  });
  expect(found(probes, subject)).toEqual([]);
});

test.each([
  [
    'livenessProbe',
    { failureThreshold: 1, periodSeconds: 1 },
    'restarts a server that is silent for 1 seconds',
  ],
  ['readinessProbe', { initialDelaySeconds: 3600 }, /^finds out only after 36\d\d seconds$/],
  ['readinessProbe', { periodSeconds: 600 }, 'finds out only after 600 seconds'],
])('finds a %s with %j', (probe, times, wrong) => {
  const subject = broken('Deployment/web', (web) => Object.assign(main(web)[probe], times));
  expect(found(probes, subject).map(([, , wrong]) => wrong)).toEqual([expect.stringMatching(wrong)]);
});
