import { orphaned } from '../../../checker/plan/objects/orphaned';
import { runs } from '../../../checker/plan/pods/runs';
import { edited, lines, release, says, without } from './planned';

const newImage = { 'images.django': 'registry.example.org/coped/django:1.1.0' };

test('a release runs the bootstrap Jobs again, and says why', () => {
  const jobs = says(runs, release('production', newImage)).filter(({ about }) => about.startsWith('Job/'));
  expect(jobs).toEqual(
    ['elasticsearch', 'postgres'].map((name) => ({
      about: expect.stringMatching(`^Job/${name}-bootstrap-[0-9a-f]{10}$`),
      what: 'runs again, as soon as it is applied',
      details: ['new release: new image registry.example.org/coped/django 1.0.0 → 1.1.0'],
    })),
  );
});

test('the Jobs of the release before are harmless, and can be deleted by name', () => {
  const left = says(orphaned, release('production', newImage));
  expect(left).toHaveLength(2);
  expect(left[0]).toMatchObject({
    what: 'has run long ago; a finished Job is harmless and keeps its log',
    danger: false,
    command: expect.stringMatching(
      /^kubectl --namespace coped-production delete job elasticsearch-bootstrap-\w{10}$/,
    ),
  });
});

test('a suspended CronJob with something new to do comes with the command that starts it', () => {
  expect(says(runs, release('production', newImage)).at(-1)).toEqual({
    about: 'CronJob/migrate',
    what: 'does something else at its next run: it runs only when somebody starts it',
    details: ['new image registry.example.org/coped/django 1.0.0 → 1.1.0 (migrate)'],
    command:
      'kubectl --namespace coped-production create job --from=cronjob/migrate "migrate-$(date +%Y%m%d-%H%M)"',
  });
});

test('another time is told as it was and as it is', () => {
  expect(says(runs, release('production', { 'backup.schedule': '0 5 * * *' }))).toEqual([
    {
      about: 'CronJob/backup',
      what: 'it runs at "0 5 * * *" (Etc/UTC)',
      details: ['schedule: 30 2 * * * → 0 5 * * *'],
    },
  ]);
});

test('a CronJob that wakes up is told', () => {
  const subject = edited('production', 'CronJob/migrate', ({ spec }) => {
    spec.suspend = false;
  });
  expect(says(runs, subject)[0]?.details).toEqual(['suspend: true → false']);
});

test('the first deploy runs every Job, and shows how to start what waits', () => {
  const told = lines(says(runs, { ...release('production'), committed: [] }));
  expect(told).toContain('CronJob/backup: is new: it runs at "30 2 * * *" (Etc/UTC)');
  expect(told.filter((line) => line.endsWith(': runs once, as soon as it is applied'))).toHaveLength(2);
});

test('what is left behind goes on, and the command that ends it names the namespace', () => {
  const subject = without(
    'production',
    'Deployment/dashboards',
    'Service/dashboards',
    'Namespace/coped-production',
  );
  expect(says(orphaned, subject)).toEqual([
    {
      about: 'Deployment/dashboards',
      what: 'goes on running its pods',
      danger: false,
      command: 'kubectl --namespace coped-production delete deployment dashboards',
    },
    expect.objectContaining({ danger: true, command: 'kubectl delete namespace coped-production' }),
    expect.objectContaining({ about: 'Service/dashboards', what: 'stays as it is' }),
  ]);
});
