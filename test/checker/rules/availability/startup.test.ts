import { startup } from '../../../../checker/rules/availability/startup';
import { broken, found, MAIN, main, stating } from '../../fixture';

const STATED = 'coped.org/startup-seconds';
const withProbe = (probe: object, subject = broken) =>
  subject('Deployment/web', (web) => {
    main(web).startupProbe = probe;
  });

test('refuses a startup probe that gives up too early', () => {
  expect(found(startup, withProbe({ failureThreshold: 29, periodSeconds: 1 }))).toEqual([
    [`${MAIN}.startupProbe`, '29 × 1 s', 'gives up after 29 seconds, where a good start may take 30'],
  ]);
});

test("counts with Kubernetes' own numbers where none are given, and the delay before the first try", () => {
  expect(found(startup, withProbe({ periodSeconds: 5 }))).toHaveLength(1);
  expect(found(startup, withProbe({}))).toEqual([]);
  expect(found(startup, withProbe({ periodSeconds: 5, initialDelaySeconds: 14 }))).toHaveLength(1);
  expect(found(startup, withProbe({ periodSeconds: 5, initialDelaySeconds: 15 }))).toEqual([]);
});

test('refuses a startup probe that gives up before the stated time', () => {
  // The servers of the good environment are tried 12 times, every 5 seconds.
  expect(found(startup, stating(STATED, '60'))).toEqual([]);
  expect(found(startup, stating(STATED, '61'))).toEqual([
    [`${MAIN}.startupProbe`, '12 × 5 s', 'gives up after 60 seconds, where a good start may take 61'],
  ]);
});

test('asks no more than the least of a sidecar', () => {
  const subject = stating(STATED, '60');
  const web = subject.manifests.find(({ kind }) => kind === 'Deployment');
  const sidecar = { name: 'proxy', restartPolicy: 'Always', startupProbe: { periodSeconds: 10 } };
  web?.spec.template.spec.initContainers.push(sidecar);
  expect(found(startup, subject)).toEqual([]);
});

test.each([
  [undefined, 'is missing'],
  ['2m', 'is not a number of seconds'],
])('where others state their time, %j will not do', (given, wrong) => {
  const subject = stating(STATED, '60');
  const web = subject.manifests.find(({ kind }) => kind === 'Deployment');
  if (web) Object.assign(web.metadata, { annotations: given && { [STATED]: given } });
  expect(found(startup, subject)).toEqual([[`Deployment/web metadata.annotations[${STATED}]`, given, wrong]]);
});

test('refuses a rollout that is called failed while its pods may still start', () => {
  const after = (progressDeadlineSeconds: number) =>
    broken('Deployment/web', ({ spec }) => {
      Object.assign(spec, { progressDeadlineSeconds, minReadySeconds: 5 });
    });
  expect(found(startup, after(35))).toEqual([
    [
      'Deployment/web spec.progressDeadlineSeconds',
      35,
      'calls a rollout failed after 35 seconds, where a good start may take 35',
    ],
  ]);
  expect(found(startup, after(36))).toEqual([]);
});
