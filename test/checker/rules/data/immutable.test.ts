import { immutable } from '../../../../checker/rules/data/immutable';
import { allAccepted, allRefused, type Case, ignored } from '../../../e2e/admission/immutable/cases';
import { broken, good } from '../../fixture';

const find = ({ before, after }: Pick<Case, 'before' | 'after'>) =>
  immutable.find({ environment: 'test', manifests: [after], committed: [before] });
const named = (cases: readonly Case[]) => cases.map((one) => [`${one.object}: ${one.what}`, one] as const);

// An API server is asked about the same changes by `npm run e2e -- --only admission-immutable`.
test.each(named([...allRefused, ...ignored]))('finds %s', (_, one) => {
  const { kind, metadata } = one.before;
  expect(find(one).map(({ where }) => where)).toEqual([`${kind}/${metadata.name} ${one.finds}`]);
});

test.each(named(allAccepted))('accepts %s', (_, one) => {
  expect(find(one)).toEqual([]);
});

const committed = good().manifests;
const finding = (...args: Parameters<typeof broken>) => immutable.find({ ...broken(...args), committed })[0];
const SIZE = 'StatefulSet/postgres spec.volumeClaimTemplates[data].spec.resources.requests.storage';
const resized = (storage: string) =>
  finding('StatefulSet/postgres', ({ spec }) => {
    spec.volumeClaimTemplates[0].spec.resources.requests.storage = storage;
  });

test('says how a volume grows, because Kubernetes does not do it by itself', () => {
  expect(resized('11Gi')).toEqual({
    where: SIZE,
    value: '11Gi',
    wrong:
      'was "10Gi" as committed: Kubernetes refuses that ("updates to statefulset spec for fields other than"); at stake: nothing, if the claims are grown first',
    remedy:
      'Keep "10Gi". If it has to change, `kubectl patch pvc` for each claim data-postgres-<number>, then `kubectl --namespace coped-test delete statefulset postgres --cascade=orphan`, then apply (docs/clusters.md#grow-a-volume); and excuse it in rules/exceptions.ts',
  });
});

test('says that a volume never shrinks', () => {
  const { wrong, remedy } = resized('9Gi') ?? {};
  expect(wrong).toMatch(/at stake: what is stored beyond the smaller size: volumes only grow$/);
  expect(remedy).toMatch(/If it has to change, dump the data, make a volume under another name/);
});

test('warns where the claims go with their StatefulSet', () => {
  const subject = good();
  for (const { kind, metadata, spec } of subject.manifests) {
    if (`${kind}/${metadata.name}` !== 'StatefulSet/postgres') continue;
    spec.persistentVolumeClaimRetentionPolicy = { whenDeleted: 'Delete' };
  }
  const renamed = structuredClone(subject.manifests);
  for (const { kind, spec } of renamed) if (kind === 'StatefulSet') spec.serviceName = 'other';
  const remedies = immutable
    .find({ ...subject, manifests: renamed, committed: subject.manifests })
    .map(({ remedy }) => remedy);
  expect(remedies).toEqual([
    expect.stringContaining('save the data first: here the claims go with the StatefulSet'),
    expect.stringContaining('delete statefulset elasticsearch`, which leaves the claims'),
  ]);
});

test('finds every changed field of an object', () => {
  const subject = broken('StatefulSet/elasticsearch', ({ spec }) => {
    spec.serviceName = 'other';
    spec.volumeClaimTemplates[0].spec.storageClassName = 'slow';
    spec.volumeClaimTemplates[0].spec.resources.requests.storage = '40Gi';
  });
  expect(immutable.find({ ...subject, committed }).map(({ value }) => value)).toEqual([
    'other',
    '40Gi',
    'slow',
  ]);
});

test('keeps the values of Secrets to itself', () => {
  const secret = (password: string) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'x' },
    immutable: true,
    stringData: { password },
  });
  const told = JSON.stringify(find({ before: secret('first-value'), after: secret('second-value') }));
  expect(told).toContain('Secret/x data.password');
  expect(told).not.toMatch(/first|second|Zmlyc3Q|c2Vjb25k/);
});

test('compares with the object of the same namespace', () => {
  const subject = broken('Service/web', (service) => {
    service.metadata.namespace = 'elsewhere';
    service.spec.clusterIP = 'None';
  });
  expect(immutable.find({ ...subject, committed })).toEqual([]);
});

test('has nothing to say about a new environment', () => {
  expect(immutable.find({ ...good(), committed: [] })).toEqual([]);
});
