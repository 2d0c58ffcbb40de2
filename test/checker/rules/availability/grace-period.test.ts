import type { Json } from '../../../../checker/manifests/manifest';
import { gracePeriod } from '../../../../checker/rules/availability/grace-period';
import { broken, found, main, stating } from '../../fixture';

const WHERE = 'Deployment/web spec.template.spec.terminationGracePeriodSeconds';
const DRAIN = 'coped.org/drain-seconds';

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
  const wrong = 'is not more than preStop and draining take, 30 + 0 seconds';
  expect(found(gracePeriod, subject)).toEqual([[WHERE, 30, wrong]]);
});

test('refuses less than preStop and the stated drain', () => {
  const wrong = 'is not more than preStop and draining take, 5 + 25 seconds';
  expect(found(gracePeriod, stating(DRAIN, '25'))).toEqual([[WHERE, 30, wrong]]);
  expect(found(gracePeriod, stating(DRAIN, '24'))).toEqual([]);
});

test('asks gunicorn itself, whatever is stated', () => {
  const graceful = (command: string[], change: (web: Json) => void = () => undefined) =>
    found(
      gracePeriod,
      broken('Deployment/web', (web) => {
        main(web).command = command;
        change(web);
      }),
    ).map(([, , wrong]) => wrong);
  const tooLong = ['is not more than preStop and draining take, 5 + 25 seconds'];
  expect(graceful(['gunicorn', '--graceful-timeout=25'])).toEqual(tooLong);
  expect(graceful(['sh', '-c', 'exec gunicorn site --graceful-timeout 25'])).toEqual(tooLong);
  expect(graceful(['gunicorn', '--graceful-timeout=24'])).toEqual([]);
  // Its own value is 30 seconds.
  expect(graceful(['gunicorn'])).toHaveLength(1);
  expect(
    graceful(['gunicorn'], (web) => {
      main(web).env = [{ name: 'GUNICORN_CMD_ARGS', value: '--graceful-timeout=24' }];
    }),
  ).toEqual([]);
});

test('misses the drain of a server where others state theirs', () => {
  const subject = broken('Deployment/web', ({ metadata }) => {
    metadata.annotations = { [DRAIN]: '5' };
  });
  expect(found(gracePeriod, subject)).toEqual([
    [`StatefulSet/postgres metadata.annotations[${DRAIN}]`, undefined, 'is missing'],
    [`StatefulSet/elasticsearch metadata.annotations[${DRAIN}]`, undefined, 'is missing'],
  ]);
});
