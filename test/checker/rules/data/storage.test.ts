import { storage } from '../../../../checker/rules/data/storage';
import { broken, found, good, main, without } from '../../fixture';

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

describe('another major version of PostgreSQL', () => {
  const image = (reference: string) =>
    broken('StatefulSet/postgres', (set) => {
      main(set).image = reference;
    });
  const before = image('docker.io/library/postgres:17.12-trixie').manifests;
  const judged = (reference: string, old = before) => found(storage, { ...image(reference), committed: old });

  test.each([
    'docker.io/library/postgres:18.1-trixie',
    'postgres:16.4',
    'postgres:18@sha256:0',
  ])('is refused on a disk that exists: %s', (reference) => {
    expect(judged(reference)).toEqual([
      [
        'StatefulSet/postgres spec.template.spec.containers[postgres].image',
        reference,
        expect.stringMatching(
          /^was docker.*17.12-trixie as committed: .* does not start on files of PostgreSQL 17/,
        ),
      ],
    ]);
    const subject = { ...image(reference), committed: before };
    expect(storage.find(subject)[0]?.remedy).toContain('docs/upgrades.md#postgresql-major');
  });

  test('is let through where somebody has said that it is meant, and only that one', () => {
    const excused = (to: string) =>
      found(storage, {
        ...image('postgres:18.1'),
        committed: before,
        exceptions: [
          {
            rule: 'storage',
            object: 'StatefulSet/postgres',
            path: 'spec.template.spec.containers[postgres].image',
            to,
            reason: 'The data goes over in a dump.',
          },
        ],
      });
    expect(excused('postgres:18.1')).toEqual([]);
    expect(excused('postgres:19.0')).toHaveLength(1);
  });

  test.each([
    'docker.io/library/postgres:17.13-trixie',
    'example.org/mirror/postgresql:17',
    'example.org/db:18',
  ])('is not %s', (reference) => {
    expect(judged(reference)).toEqual([]);
  });

  test('is nothing to a new server', () => {
    expect(judged('postgres:18.1', [])).toEqual([]);
  });
});
