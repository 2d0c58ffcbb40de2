import { gracePeriod } from '../../lib/checks/grace-period';
import { broken, found, main } from './fixture';

const WHERE = 'Deployment/web spec.template.spec.terminationGracePeriodSeconds';

test('misses a grace period', () => {
  const subject = broken('Deployment/web', (web) => {
    delete web.spec.template.spec.terminationGracePeriodSeconds;
  });
  expect(found(gracePeriod, subject)).toEqual([[WHERE, undefined, 'is missing']]);
});

test.each([
  { exec: { command: ['sleep', '30'] } },
  { exec: { command: ['sh', '-c', 'sleep 10 && sleep 20; kill -QUIT 1'] } },
  { sleep: { seconds: 30 } },
])('refuses %j within 30 seconds', (preStop) => {
  const subject = broken('Deployment/web', (web) => {
    main(web).lifecycle = { preStop };
  });
  const wrong = 'is over when preStop has slept its 30 seconds, and nothing has been told to stop yet';
  expect(found(gracePeriod, subject)).toEqual([[WHERE, 30, wrong]]);
});
