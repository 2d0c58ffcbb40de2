import { data } from '../../lib/plan/data';
import { findings } from '../../lib/plan/findings';
import { main } from '../checks/fixture';
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
  const manifests = subject.manifests.map((manifest) => ({
    ...manifest,
    metadata: { ...manifest.metadata, namespace: manifest.metadata.namespace && 'elsewhere' },
  }));
  expect(lines(says(data, { ...subject, manifests }))).toContain(
    'StatefulSet/postgres: is left in coped-production with its data; nothing of this release uses them',
  );
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
