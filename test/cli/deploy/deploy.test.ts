import type { ApiObject } from '../../../cli/cluster/kubectl';
import { itemsOf } from '../fake-selection';
import { fakeWorld } from '../fake-world';
import { ReleaseCluster } from '../release/fake-cluster';
import { setFields } from '../release/field-owners';
import {
  changesOf,
  deployed,
  job,
  mockClock,
  NEW,
  namespace,
  OLD,
  object,
  run,
  runs,
} from '../release/running';

jest.mock('node:timers/promises', () => ({ setTimeout: async () => mockClock.pass(1) }));
jest.spyOn(Date, 'now').mockImplementation(() => mockClock.now);

test.each([
  [['deploy', 'development'], 'Start it with `npx coped up development`'],
  [['diff', 'development'], 'Start it with `npx coped up development`'],
  [['deploy', 'staging', '--context', 'coped-production', '--yes'], 'is not a context of staging'],
  [['deploy', 'staging', '--rollback=0'], 'number of a release'],
  [['deploy', 'staging', '--rollback=x'], 'number of a release'],
  [['deploy', 'staging', '--rollback=1.5'], 'number of a release'],
])('refuses %j before the cluster is reached', async (words, message) => {
  const world = fakeWorld(({ program }) => (program === 'git' ? '' : undefined));
  expect(await world.coped(...words)).toBe(2);
  expect(world.errors()).toContain(message);
  expect(world.calls.filter(({ line, program }) => program !== 'git' && !/^config/.test(line))).toEqual([]);
});

test('without confirmation nothing changes, and the plan was shown', async () => {
  const cluster = new ReleaseCluster();
  const { code, end, said } = await runs(cluster, OLD, {});
  expect(code).toBe(2);
  expect(end).toContain('the confirmation needs a terminal');
  expect(said).toContain('7 objects created');
  expect(changesOf(cluster)).toEqual([]);
});

test('a namespace that does not exist is created first: the lease is in it', async () => {
  const cluster = new ReleaseCluster();
  expect(await run(cluster, OLD)).toBe('deployed');
  const names = changesOf(cluster).map((call) => call.split(' ').slice(0, 2).join(' '));
  expect(names.slice(0, 2)).toEqual(['create --save-config', 'create --output=json']);
});

test('--json: the result on standard output', async () => {
  const cluster = await deployed();
  const result = { environment: 'staging', commit: 'abc', changes: true, deployed: 1, release: 2 };
  const { said } = await runs(cluster, NEW, { yes: true, context: 'x', json: true });
  expect(JSON.parse(said.slice(0, said.indexOf('\n}\n') + 2))).toMatchObject({
    ...result,
    status: 'deployed',
    waiting: [],
  });
});

describe('secrets', () => {
  test('one that is missing is named, with the command that creates it, and nothing changes', async () => {
    const cluster = new ReleaseCluster().when(/^get secrets/, 'django other-key\n') as ReleaseCluster;
    const { code, end, next } = await runs(cluster, OLD);
    expect(code).toBe(2);
    expect(end).toMatch(/django, key secret-key: /);
    expect(next).toContain('coped secrets staging init');
    expect(cluster.calls.some((call) => /--output=json secret/.test(call))).toBe(false);
    expect(changesOf(cluster)).toEqual([]);
  });

  test('without the right to list them, a deploy says so and goes on', async () => {
    const cluster = new ReleaseCluster();
    cluster.fail(/^get secrets/, 'secrets is forbidden');
    const said = expect.stringContaining('You may not list Secrets');
    expect(await runs(cluster, OLD)).toMatchObject({ end: 'deployed', said });
  });

  const ingress = (annotations: object) => {
    const made = object('networking.k8s.io/v1', 'Ingress', 'site', {
      spec: { tls: [{ secretName: 'site-tls' }] },
    });
    return { ...made, metadata: { ...made.metadata, annotations } } as typeof made;
  };
  const certificate = object('cert-manager.io/v1', 'Certificate', 'site', {
    spec: { secretName: 'site-tls' },
  });
  test.each([
    ['of a Certificate is not required', [certificate, ingress({})], 'deployed'],
    ['of an annotated Ingress is not required', [ingress({ 'cert-manager.io/issuer': 'x' })], 'deployed'],
    ['of another Ingress is required', [ingress({})], expect.stringContaining('lacks secrets')],
  ])('a certificate %s', async (_, more, expected) => {
    const cluster = new ReleaseCluster();
    cluster.when(/^api-resources/, 'certificates  cert-manager.io/v1  true  Certificate\n');
    if (more.length === 1 && expected !== 'deployed')
      cluster.when(/^get secrets/, 'django secret-key\nsite-tls tls.crt\n');
    expect(await run(cluster, [...OLD, ...more])).toEqual(expected);
  });
});

test('a cluster that changes during the confirmation is shown again', async () => {
  const cluster = await deployed();
  let once = true;
  cluster.when(/^replace --output=json/, () => {
    if (once) setFields(cluster.get('ConfigMap', 'a'), { data: { one: 'by hand' } }, 'kubectl-edit', false);
    once = false;
  });
  const { end, said } = await runs(cluster, NEW);
  expect(end).toBe('deployed');
  expect(said).toContain('The cluster has changed since the plan was made');
  expect(said.match(/Release plan for/g)).toHaveLength(2);
});

test('what was changed by hand is named, and reverted; what the sources change is not', async () => {
  const cluster = await deployed();
  setFields(cluster.get('ConfigMap', 'a'), { data: { one: '3' } }, 'kubectl-edit', false);
  cluster.remove('NetworkPolicy');
  const { end, said } = await runs(cluster, OLD);
  expect(end).toBe('deployed');
  expect(said).toMatch(
    /ConfigMap\/a: was changed in the cluster; that is reverted\s+- data\.one: 3 → 1 \(kubectl-edit/,
  );
  expect(said).toMatch(/NetworkPolicy\/old: was deleted in the cluster/);
  expect(said).not.toContain('Set by hand and kept');
  expect(cluster.get('ConfigMap', 'a').data.one).toBe('1');
  expect((await runs(cluster, NEW)).said).not.toContain('Changed by hand');
});

test.each<[string, (cluster: ReleaseCluster) => unknown, RegExp]>([
  [
    'the API server rejects',
    (cluster) =>
      cluster.when(/^apply/, (call) =>
        itemsOf(call).some((item: ApiObject) => item.kind === 'Deployment')
          ? { code: 1, stderr: 'The object is invalid:\nError: spec is invalid' }
          : undefined,
      ),
    /Deployment\/web metadata: .*spec is invalid/,
  ],
  [
    'the cluster has no kind for',
    (cluster) => cluster.when(/^api-resources/, 'pods  po  v1  true  Pod\n'),
    /Certificate\/x apiVersion: is a kind that this cluster does not have/,
  ],
])('what %s is refused before anything changes', async (_, break_, message) => {
  const cluster = await deployed();
  cluster.when(/^api-resources/, 'certificates  cert  cert-manager.io/v1  true  Certificate\n');
  break_(cluster);
  const { code, end } = await runs(cluster, [...NEW, object('cert-manager.io/v1', 'Certificate', 'x', {})]);
  expect([code, end]).toEqual([2, expect.stringMatching(/^this release cannot be deployed\n {4}/)]);
  expect(end).toMatch(message);
  expect(changesOf(cluster)).toEqual([]);
});

test('pods that wait for the migration: it is deployed, and what old pods read stays until the next time', async () => {
  const cluster = await deployed();
  cluster.gate('web');
  const { end, said } = await runs(cluster, NEW);
  expect(end).toBe('deployed');
  expect(said).toMatch(
    /New pods of web wait for the migration; old pods, if there are any, keep serving\.\n.*coped migrate staging/,
  );
  expect(cluster.names).toContain('ConfigMap/b');
  expect(cluster.names).not.toContain('Deployment/old');
  expect(cluster.names).not.toContain('NetworkPolicy/old');
  cluster.gate('none');
  expect(await run(cluster, NEW)).toBe('deployed');
  expect(cluster.names).not.toContain('ConfigMap/b');
});

test('a Job that runs again is compared with what was written, without defaults of the API server', async () => {
  const cluster = await deployed([namespace, job('boot-0123456789')]);
  const defaults = { spec: { template: { spec: { dnsPolicy: 'ClusterFirst' } } } };
  setFields(cluster.get('Job'), defaults, 'server', false);
  const { said } = await runs(cluster, [namespace, job('boot-abcdef0123')]);
  expect(said).toContain('Job/boot-abcdef0123: runs again');
  expect(said).not.toContain('dnsPolicy');
});
