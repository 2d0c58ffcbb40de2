import { storage } from '../../lib/checks/storage';
import { broken, found, good, without } from './fixture';

const committed = good().manifests;

test.each([
  ['StatefulSet/postgres', 'the data in the claims data-postgres-<number>'],
  ['PersistentVolumeClaim/backup', 'the data in its volume'],
])('refuses to lose %s', (name, data) => {
  const subject = { ...without(name), committed };
  expect(found(storage, subject)).toEqual([
    [
      `${name} metadata.name`,
      undefined,
      expect.stringMatching(new RegExp(`^was committed and is gone, .* at stake: ${data}$`)),
    ],
  ]);
  expect(storage.find(subject)[0]?.remedy).toMatch(/`kubectl --namespace coped-test delete \w+ \w+`/);
});

test('refuses another name, and another namespace', () => {
  for (const field of ['name', 'namespace']) {
    const subject = broken('StatefulSet/postgres', ({ metadata }) => {
      metadata[field] = 'other';
    });
    expect(found(storage, { ...subject, committed })).toHaveLength(1);
  }
});

test('lets go of what keeps nothing', () => {
  const set = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'cache' }, spec: {} };
  expect(found(storage, { ...without('Deployment/web'), committed: [...committed, set] })).toEqual([]);
});

test('leaves what changes in a volume to the rule `immutable`', () => {
  const subject = broken('StatefulSet/postgres', ({ spec }) => {
    spec.volumeClaimTemplates[0].metadata.name = 'files';
  });
  expect(found(storage, { ...subject, committed })).toEqual([]);
});

test('has nothing to say about a new environment', () => {
  expect(found(storage, { ...good(), committed: [] })).toEqual([]);
});
