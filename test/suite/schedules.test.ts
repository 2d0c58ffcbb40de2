import { ofKind } from '../../checker/manifests/workloads';
import { model } from '../e2e/hosted/environment';

test('the nightly backup does not start while the suite makes one, whatever the time of day', () => {
  const backup = ofKind(model.manifests, 'CronJob').find(({ metadata }) => metadata.name === 'backup');
  // Minute, hour, day and month are all given: once a year at the most.
  expect(backup?.spec?.schedule).toMatch(/^\d+ \d+ \d+ \d+ /);
});
