import { environmentNamed } from '../../../cli/cluster/environment';
import { accountOf, keyNamed } from '../../../cli/secrets/keys';
import { InterruptedError } from '../../../cli/terminal/errors';
import { environments } from '../../../lib/environments';
import { production } from '../../../lib/environments/production';
import { sample } from '../../counts';
import { room } from '../../optional';
import { find, manifestsOf, named } from '../../support';
import { merge, settled } from '../fake-cluster';
import { type Stored, the } from '../fake-object';
import type { Answer, Call } from '../fake-world';
import { play } from '../scenario';
import { isAside, podOf, SecretsCluster, secrets } from './fake-cluster';

// What is awaited happens at once here.
jest.mock('node:timers/promises', () => ({ setTimeout: async () => {} }));

const WITH_RESTART = { rotates: 'with a restart', uses: undefined } as const;

const NAMES = [
  'postgres-application',
  'elasticsearch-application',
  'postgres-owner',
  'postgres-superuser',
  'elasticsearch-superuser',
  'django',
];

/** The cluster, with a check after every call: no pod is ever locked out. */
const watched =
  (cluster: SecretsCluster, calls: Call[] = []): Answer =>
  (call) => {
    const answer = cluster.answer(call);
    if (!isAside(call)) calls.push(call);
    expect([call.line, cluster.lockedOut]).toEqual([call.line, []]);
    return answer;
  };

const rotate = (answer: Answer, ...words: string[]) => secrets(answer, ['production', 'rotate', ...words]);

/** A rotation has come to its end. @returns the new value */
function finished(cluster: SecretsCluster, name: string): string {
  const account = accountOf(keyNamed(name, environmentNamed({ environments }, 'production')));
  const { 'secret-key': key, password = key, ...rest } = cluster.values[name] ?? {};
  expect(Object.keys(rest)).toEqual(account ? [] : ['previous-secret-key']);
  expect(cluster.get('Secret', name).metadata.annotations).toEqual({
    'coped.org/rotated-at': expect.anything(),
  });
  if (account) expect(cluster.accepts(account.server, account.user, password ?? '')).toBe(true);
  else expect(cluster.restarts).toEqual({ web: 2, api: 2 });
  return password ?? '';
}

describe.each(NAMES)('%s', (name) => {
  const found = keyNamed(name, environmentNamed({ environments }, 'production'));
  const { key, path } = found;

  test('gets a new value, and its server refuses the old one', async () => {
    const cluster = SecretsCluster.complete();
    const old = cluster.value(name, key) ?? '';
    const { code, output, errors } = await rotate(watched(cluster), name);
    expect(code).toBe(0);
    expect(finished(cluster, name)).not.toBe(old);
    expect(output).toContain(`rotated  ${path}`);
    const account = accountOf(found);
    if (account) expect(cluster.accepts(account.server, account.user, old)).toBe(false);
    else expect(cluster.value(name, 'previous-secret-key')).toBe(old);
    if (!account) expect(errors).toContain('rotate django --forget-previous');
  });

  test('interrupted at any call, before or after it, a second run finishes the same rotation', async () => {
    const calls: Call[] = [];
    await rotate(watched(SecretsCluster.complete(), calls), name);
    expect(calls.length).toBeGreaterThan(8);
    const trials = calls.flatMap((_, at) => [false, true].map((done) => ({ at, done })));
    for (const { at, done } of sample(trials, 3, NAMES.indexOf(name))) {
      const cluster = SecretsCluster.complete();
      let n = 0;
      const first = await rotate((call) => {
        if (isAside(call)) return cluster.answer(call);
        if (n++ !== at) return watched(cluster)(call);
        if (done) watched(cluster)(call);
        throw new InterruptedError();
      }, name);
      expect(first.code).toBe(130);
      const now = cluster.values[name] ?? {};
      const isBegun = `previous-${key}` in now || `next-${key}` in now;
      const to = now[`next-${key}`] ?? now[key];
      if (!isBegun || !('coped.org/rotated-at' in cluster.get('Secret', name).metadata.annotations)) {
        const second = await rotate(watched(cluster), name);
        expect(second.code).toBe(0);
        if (isBegun) expect(second.errors).toContain('a rotation was interrupted, and is finished now');
      }
      if (isBegun) expect(finished(cluster, name)).toBe(to);
      else finished(cluster, name);
    }
  });
});

test('the previous key of Django is forgotten on request', async () => {
  const cluster = SecretsCluster.complete();
  await rotate(watched(cluster), 'django');
  const key = cluster.value('django', 'secret-key');
  expect((await rotate(watched(cluster), 'django', '--forget-previous')).code).toBe(0);
  expect(cluster.values.django).toEqual({ 'secret-key': key });
  expect(cluster.restarts).toEqual({ web: 3, api: 3 });
});

test('no value is ever an argument, printed, in an annotation, or in a statement of PostgreSQL', async () => {
  const cluster = SecretsCluster.complete();
  const values = () => Object.values(cluster.values).flatMap((one) => Object.values(one));
  const before = values();
  const runs = [];
  for (const component of ['postgres', 'elasticsearch', 'django']) {
    runs.push(await rotate(watched(cluster), component));
  }
  const statements = runs
    .flatMap(({ calls }) => calls)
    .flatMap(({ options }) => {
      const [, statement = ''] = String(options.input).split('\n');
      return statement.startsWith('ALTER ROLE') ? [statement] : [];
    });
  expect(statements).toHaveLength(5);
  const metadata = cluster.secrets.map((secret) => JSON.stringify(secret.metadata));
  const shown = [...runs.map((run) => run.shown), ...metadata, ...statements].join('\n');
  for (const value of [...before, ...values()]) {
    expect(shown).not.toContain(value);
    expect(shown).not.toContain(Buffer.from(value).toString('base64'));
  }
});

test('a component: all of its users, the superuser last', async () => {
  const { code, output } = await rotate(watched(SecretsCluster.complete()), 'postgres');
  expect(code).toBe(0);
  const users = ['owner', 'application', 'readonly', 'backup', 'superuser'];
  expect(output).toBe(users.map((user) => `rotated  postgres-${user}/password\n`).join(''));
});

const job = manifestsOf(named('production')).find(
  ({ kind, metadata }) => kind === 'Job' && metadata.name.startsWith('postgres-bootstrap'),
);
const bootstrap = podOf(the(job), 'b-0');
bootstrap.metadata.ownerReferences = [{ kind: 'Job' }];
const [acquireTime, renewTime] = ['2026-01-02T03:00:00Z', '2026-01-02T03:04:05Z'];
const lease = {
  kind: 'Lease',
  metadata: { name: 'coped-deploy' },
  spec: { holderIdentity: 'ada at laptop 0a1b2c', acquireTime, renewTime, leaseDurationSeconds: 30 },
};
/** Mounts only the value that counts, as releases before did. */
function unprepare(pod: Stored): void {
  pod.spec = JSON.parse(JSON.stringify(pod.spec).replaceAll('"key":"previous-', '"key":"other-'));
}

test.each<[string, (cluster: SecretsCluster) => unknown]>([
  ['a pod mounts one value only', (cluster) => unprepare(cluster.get('Pod', 'web-0'))],
  [
    'an image does not know two values',
    (cluster) => cluster.fail(/ api-0 .*coped\.credentials/, 'No module'),
  ],
  ['a bootstrap Job uses it', (cluster) => cluster.add(bootstrap)],
  [
    'a pod is not ready',
    (cluster) => merge(cluster.get('Pod', 'web-0'), { status: { phase: 'Pending', conditions: [] } }),
  ],
  ['there is no server', (cluster) => cluster.remove('StatefulSet')],
  ['the Secret is missing', (cluster) => cluster.remove('Secret', 'postgres-application')],
  ['the superuser cannot log in', ({ servers }) => merge(servers.postgres, { postgres: 'another' })],
  ['a deploy runs', (cluster) => cluster.add(lease)],
])('refuses, and changes nothing, where %s', async (_, break_) => {
  const cluster = SecretsCluster.complete();
  break_(cluster);
  const before = cluster.values;
  const { code, errors } = await rotate(cluster.answer, 'postgres-application');
  expect(code).toBe(2);
  expect(errors).toMatchSnapshot();
  expect(cluster.values).toEqual(before);
});

test('a pod that reads secrets only while it starts is not asked', async () => {
  const cluster = SecretsCluster.complete();
  const deployment = manifestsOf(named('production')).find(({ kind }) => kind === 'Deployment');
  const pod = podOf(the(deployment), 'static-0');
  pod.spec = { ...pod.spec, containers: [{ name: 'static', volumeMounts: [] }] };
  cluster.add(pod);
  const { code, calls } = await rotate(cluster.answer, 'postgres-application');
  expect([code, calls.filter(({ line }) => line.includes('static-0'))]).toEqual([0, []]);
});

test.each([
  ['postgres-application', 'reads the new value'],
  ['django', 'everybody has to sign in again'],
])('%s: the servers of an application that takes one value are restarted', async (name, said) => {
  const cluster = SecretsCluster.complete();
  const { key } = keyNamed(name, environmentNamed({ environments }, 'production'));
  const old = cluster.value(name, key);
  const run = `secrets production rotate ${name} --context coped-production`;
  const { code, screen } = await play(cluster, { run, application: WITH_RESTART });
  expect(code).toBe(0);
  expect(screen).toContain(said);
  expect(cluster.value(name, key)).not.toBe(old);
  expect(Object.keys(cluster.values[name] ?? {})).toEqual([key]);
  expect(cluster.restarts).toEqual({ web: 1, api: 1 });
  expect(cluster.lockedOut).toEqual([]);
});

test("Metabase's login is not the application's: Metabase alone is restarted, and nothing is asked", async () => {
  const cluster = SecretsCluster.complete();
  const metabase = { connections: 5 };
  const deployment = find(
    manifestsOf({ ...named('production'), ...room, metabase } as typeof production),
    'Deployment',
    'metabase',
  );
  cluster.put('postgres-metabase', { password: 'old' });
  cluster.servers.postgres.coped_metabase = 'old';
  cluster.add({ ...deployment, metadata: { name: 'metabase', generation: 1 }, status: settled(deployment) });
  cluster.add(podOf(deployment, 'metabase-0'));
  const run = 'secrets production rotate postgres-metabase --context coped-production';
  const { code, screen, world } = await play(cluster, { run, production: { metabase } });
  expect([code, screen]).toEqual([0, expect.stringContaining('metabase reads the new value')]);
  const password = cluster.value('postgres-metabase') ?? '';
  expect(cluster.accepts('postgres', 'coped_metabase', password)).toBe(true);
  expect(cluster.values['postgres-metabase']).toEqual({ password });
  expect(cluster.restarts).toEqual({ web: 0, api: 0, metabase: 1 });
  expect(world.calls.filter(({ line }) => /exec \S*metabase-0/.test(line))).toEqual([]);
});

test('gives the right to change the environment back', async () => {
  const cluster = SecretsCluster.complete();
  await rotate(cluster.answer, 'postgres-owner');
  expect(cluster.get('Lease').spec.holderIdentity).toBeNull();
});

test('a Secret that changes at the same time is not overwritten', async () => {
  const cluster = SecretsCluster.complete();
  cluster.when(/^replace /, ({ options }) => {
    if (!/"kind":"Lease"/.test(String(options.input)))
      cluster.put('postgres-application', { password: 'theirs' });
    return undefined;
  });
  const { code, errors } = await rotate(cluster.answer, 'postgres-application');
  expect(code).toBe(1);
  expect(errors).toContain('another command has just changed Secret/postgres-application');
  expect(cluster.value('postgres-application')).toBe('theirs');
});

test('a server that keeps the old password is a failure, and clients keep both', async () => {
  const cluster = SecretsCluster.complete();
  cluster.when(/^exec .*/, ({ options }) =>
    String(options.input).includes('ALTER ROLE') ? { code: 0 } : undefined,
  );
  const { code, errors } = await rotate(cluster.answer, 'postgres-application');
  expect(code).toBe(1);
  expect(errors).toContain('postgres does not accept the new password of coped_application');
  expect(cluster.lockedOut).toEqual([]);
});

test('a secret that only its pods know, and that they read once, is not rotated', async () => {
  const words = ['production', 'rotate', 'redis'];
  const { code, errors, calls } = await secrets(new SecretsCluster().answer, words, '', [
    { ...production, redis: {} },
  ]);
  expect(code).toBe(2);
  expect(errors).toMatch(/redis\/password cannot be rotated while it is in use\n.*set redis --replace/);
  expect(calls.filter((call) => !isAside(call))).toEqual([]);
});
