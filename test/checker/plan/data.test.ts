import { data } from '../../../checker/plan/objects/data';
import { findings } from '../../../checker/plan/objects/findings';
import { refused } from '../../../checker/plan/objects/refused';
import type { Section } from '../../../checker/plan/section';
import { main } from '../fixture';
import { edited, lines, release, says, without } from './planned';

test('a smaller volume is a risk, in the words of the rule that finds it', () => {
  expect(says(data, release('production', { 'backup.storage': '40Gi' }))).toEqual([
    {
      about: 'PersistentVolumeClaim/backup',
      what: expect.stringMatching(/^spec\.resources\.requests\.storage: "40Gi" .*can not be less than/),
      details: [expect.any(String)],
      danger: true,
    },
  ]);
});

test('what the checks find about the objects themselves is told apart', () => {
  const subject = release('production', { 'backup.storage': '40Gi' });
  expect(says(findings, subject)).toEqual([]);
  const broken = edited('production', 'Deployment/dashboards', (dashboards) => {
    delete main(dashboards).readinessProbe;
  });
  expect(says(data, broken)).toEqual([]);
  expect(says(findings, broken)).toEqual([
    expect.objectContaining({ about: 'Deployment/dashboards', danger: true, details: [expect.any(String)] }),
  ]);
});

test('a larger claim is no risk', () => {
  expect(says(data, release('production', { 'backup.storage': '60Gi' }))).toEqual([]);
});

test('what owned data and is gone is a risk, once', () => {
  const about = says(data, without('production', 'StatefulSet/postgres', 'PersistentVolumeClaim/backup')).map(
    (entry) => entry.about,
  );
  expect(about.sort()).toEqual(['PersistentVolumeClaim/backup', 'StatefulSet/postgres']);
});

test('another namespace leaves all data in the old one', () => {
  const subject = release('production');
  const manifests = subject.manifests.map((manifest) => {
    const { namespace } = manifest.metadata;
    return manifest.kind === 'Namespace'
      ? { ...manifest, metadata: { ...manifest.metadata, name: 'elsewhere' } }
      : { ...manifest, metadata: { ...manifest.metadata, namespace: namespace && 'elsewhere' } };
  });
  expect(says(data, { ...subject, manifests }).map(({ about }) => about)).toEqual([
    'StatefulSet/postgres',
    'StatefulSet/elasticsearch',
    'PersistentVolumeClaim/backup',
    'Namespace/coped-production',
  ]);
});

test('what Kubernetes refuses is told apart from what loses data', () => {
  const larger = release('production', { 'postgres.storage': '60Gi', 'quota.storage': '400Gi' });
  expect(says(data, larger)).toEqual([]);
  expect(says(refused, larger)).toEqual([
    expect.objectContaining({
      about: 'StatefulSet/postgres',
      what: expect.stringMatching(/storage: "60Gi" .*Kubernetes refuses/),
      danger: true,
    }),
  ]);
  const smaller = release('production', { 'postgres.storage': '40Gi' });
  expect(says(data, smaller).map(({ about }) => about)).toEqual(['StatefulSet/postgres']);
  expect(says(refused, smaller)).toEqual([]);
});

test('disks that are deleted from now on', () => {
  const subject = edited('production', 'StatefulSet/postgres', ({ spec }) => {
    spec.persistentVolumeClaimRetentionPolicy.whenDeleted = 'Delete';
  });
  expect(lines(says(data, subject))).toEqual([
    'StatefulSet/postgres: deletes its disks from now on when the StatefulSet is deleted',
  ]);
});

test.each([
  ['Retain', 'stay, unused, with their data'],
  ['Delete', 'are deleted with their data'],
])('fewer pods with disks, where the policy is %s', (whenScaled, fate) => {
  const subject = edited('production', 'StatefulSet/elasticsearch', ({ spec }) => {
    spec.replicas = 2;
    spec.persistentVolumeClaimRetentionPolicy.whenScaled = whenScaled;
  });
  expect(lines(says(data, subject))).toContain(
    `StatefulSet/elasticsearch: goes from 3 to 2 pods: the disks of the others ${fate}`,
  );
});

test("a laptop's database is emptied when its web pod restarts", () => {
  const subject = release('development', { 'django.maxBodyBytes': 2 ** 21 });
  expect(lines(says(data, subject))).toEqual([
    'Deployment/web: empties the database when it restarts, as this environment wants it',
  ]);
});

test('a server that cannot read the files on its disk is a risk for data, and nothing that Kubernetes refuses', () => {
  const subject = edited('production', 'StatefulSet/postgres', ({ spec }) => {
    spec.template.spec.containers[0].image = 'docker.io/library/postgres:18.1-trixie';
  });
  const about = (section: Section) => says(section, subject).map(({ about }) => about);
  expect(about(data)).toEqual(['StatefulSet/postgres']);
  expect(about(refused)).toEqual([]);
});
