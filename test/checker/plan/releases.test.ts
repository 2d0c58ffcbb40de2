import type { Plan } from '../../../checker/plan';
import { data } from '../../../checker/plan/objects/data';
import { created } from '../../../checker/plan/objects/listed';
import { findings } from '../../../checker/plan/objects/refused';
import { runs } from '../../../checker/plan/pods/runs';
import type { Section } from '../../../checker/plan/section';
import { plan } from '../../../rules/plan';
import { yamlOf } from '../../yaml';
import type { Change } from '../cases/change';
import { type Compared, release } from '../release';

interface Case extends Change {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly back?: boolean;
}

const cases = Object.entries(
  yamlOf<Readonly<Record<string, Readonly<Record<string, Case>>>>>(__dirname, 'releases.yaml'),
).flatMap(([environment, releases]) =>
  Object.entries(releases).map(([title, one]) => ({ environment, title, ...one })),
);

/** The plan without explanations, without the sections that list every change, and without what the rules say. */
const text = ({ parts }: Plan): string =>
  parts
    .filter(({ section }) => !section.reference)
    .flatMap(({ section, entries }) => [
      section === findings ? `${section.title}: ${entries.length}` : section.title,
      ...(section === findings ? [] : entries).flatMap(({ about, what, details = [], command, danger }) => [
        `${danger ? '! ' : '  '}${about}: ${what}`,
        ...details.map((detail) => `    - ${detail}`),
        ...(command ? [`    $ ${command}`] : []),
      ]),
    ])
    .join('\n')
    .replaceAll(/-[0-9a-f]{10}\b/g, '-<hash>');

test.each(cases)('$title', ({ environment, settings, back = false, title: _, ...objects }) => {
  const { manifests, committed, ...rest } = release(environment, settings, objects);
  const subject = back ? { manifests: committed, committed: manifests } : { manifests, committed };
  expect(text(plan({ ...rest, ...subject }))).toMatchSnapshot();
});

const entriesIn = (section: Section, subject: Compared) =>
  plan(subject).parts.find((part) => part.section === section)?.entries ?? [];

test('another namespace leaves all data in the old one', () => {
  const subject = release('production');
  const manifests = subject.manifests.map((manifest) => {
    const { namespace } = manifest.metadata;
    return manifest.kind === 'Namespace'
      ? { ...manifest, metadata: { ...manifest.metadata, name: 'elsewhere' } }
      : { ...manifest, metadata: { ...manifest.metadata, namespace: namespace && 'elsewhere' } };
  });
  expect(entriesIn(data, { ...subject, manifests }).map(({ about }) => about)).toEqual([
    'StatefulSet/postgres',
    'StatefulSet/elasticsearch',
    'PersistentVolumeClaim/backup',
    'Namespace/coped-production',
  ]);
});

test('the first deploy runs every Job, and shows how to start what waits', () => {
  const entries = entriesIn(runs, { ...release('production'), committed: [] });
  const lines = entries.map(({ about, what }) => `${about}: ${what}`);
  expect(lines).toContain('CronJob/backup: is new: it runs at "30 2 * * *" (Etc/UTC)');
  expect(lines.filter((line) => line.endsWith(': runs once, as soon as it is applied'))).toHaveLength(2);
});

test.each(['development', 'production'])('every kind that %s uses has a phrase', (name) => {
  const entries = entriesIn(created, { ...release(name), committed: [] });
  expect(entries.length).toBeGreaterThan(40);
  expect(entries.filter(({ what }) => what.includes('its own documentation'))).toEqual([]);
});
