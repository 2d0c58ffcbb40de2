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

test('asks nothing of containers that run to their end', () => {
  const subject = broken('Job/postgres-bootstrap', (job) => {
    delete main(job).livenessProbe;
  });
  expect(found(probes, subject)).toEqual([]);
});
