import { ofKind } from '../../checker/manifests/workloads';
import { model } from '../e2e/hosted/environment';

test('nothing starts by itself while the suite runs, whatever the time of day', () => {
  const every = ofKind(model.manifests, 'CronJob')
    .filter(({ spec }) => !spec?.suspend)
    .map(({ spec }) => spec?.schedule ?? '');
  expect(every).not.toEqual([]);
  // Minute, hour, day and month are all given: once a year at the most.
  expect(
    every.filter((schedule) =>
      schedule
        .split(' ')
        .slice(0, 4)
        .some((field) => /\D/.test(field)),
    ),
  ).toEqual([]);
});
