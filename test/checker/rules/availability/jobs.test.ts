import type { Json } from '../../../../checker/manifests/manifest';
import { jobs } from '../../../../checker/rules/availability/jobs';
import { manifestsOf, named } from '../../../support';
import { found, good } from '../../fixture';

const production = manifestsOf(named('production'));

function after(name: string, change: (spec: Json) => void) {
  const manifests = structuredClone(production);
  change(manifests.find(({ kind, metadata }) => `${kind}/${metadata.name}`.startsWith(name))?.spec);
  return found(jobs, { ...good(), manifests }).map(([where, , wrong]) => [where.split('.').at(-1), wrong]);
}

test('finds nothing in what is written', () => {
  expect(after('CronJob/backup', () => {})).toEqual([]);
});

test.each<[string, (spec: Json) => void, string, RegExp]>([
  ['CronJob/backup', (s) => Object.assign(s, { schedule: '61 3 * * *' }), 'schedule', /has no minute/],
  ['CronJob/backup', (s) => Object.assign(s, { timeZone: 'Mars/Base' }), 'timeZone', /no time zone/],
  [
    'CronJob/migrate',
    (s) => Object.assign(s, { concurrencyPolicy: 'Replace' }),
    'concurrencyPolicy',
    /at work/,
  ],
  ['CronJob/migrate', (s) => Reflect.deleteProperty(s, 'concurrencyPolicy'), 'concurrencyPolicy', /at work/],
  [
    'CronJob/migrate',
    ({ jobTemplate: { spec } }) => Object.assign(spec, { parallelism: 3 }),
    'parallelism',
    /beside/,
  ],
  [
    'CronJob/backup',
    ({ jobTemplate: { spec } }) => Object.assign(spec, { completions: 0 }),
    'completions',
    /never/,
  ],
  [
    'CronJob/backup',
    ({ jobTemplate: { spec } }) => Reflect.deleteProperty(spec, 'activeDeadlineSeconds'),
    'activeDeadlineSeconds',
    /hangs/,
  ],
  [
    'Job/postgres-bootstrap',
    (s) => Object.assign(s, { backoffLimit: 1000 }),
    'backoffLimit',
    /goes on trying/,
  ],
  [
    'Job/postgres-bootstrap',
    ({ template }) => Object.assign(template.spec, { restartPolicy: 'Always' }),
    'restartPolicy',
    /refused/,
  ],
])('finds in %s what never comes or does not end: %s', (name, change, field, wrong) => {
  expect(after(name, change)).toEqual([[field, expect.stringMatching(wrong)]]);
});

test("does not judge how often somebody else's Jobs may run", () => {
  const subject = { ...good(), own: undefined, manifests: structuredClone(production) };
  for (const { kind, spec } of subject.manifests) if (kind === 'CronJob') spec.concurrencyPolicy = 'Allow';
  expect(found(jobs, subject)).toEqual([]);
});
