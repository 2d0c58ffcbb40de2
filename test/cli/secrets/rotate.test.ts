import { InterruptedError } from '../../../cli/terminal/errors';
import { sample } from '../../counts';
import type { Answer, Call } from '../fake-world';
import { fakeWorld } from '../fake-world';
import { canLogIn } from './can-log-in';
import { aboutLease, FakeCluster } from './fake-cluster';

// What is waited for comes at once here: a second between two looks would only take time.
jest.mock('node:timers/promises', () => ({ setTimeout: async () => {} }));

const PASSWORDS = [
  ['postgres-application', 'postgres', 'coped_application'],
  ['elasticsearch-application', 'elasticsearch', 'coped_application'],
  ['postgres-owner', 'postgres', 'coped_owner'],
  ['postgres-superuser', 'postgres', 'postgres'],
  ['elasticsearch-superuser', 'elasticsearch', 'elastic'],
] as const;

/** The cluster, with a look after every call: nobody may ever be locked out. */
function watched(cluster: FakeCluster, calls: Call[] = []): Answer {
  return (call) => {
    const answer = cluster.answer(call);
    if (!call.line.startsWith('config') && !aboutLease(call)) calls.push(call);
    for (const pod of cluster.pods) expect([call.line, canLogIn(cluster, pod)]).toEqual([call.line, true]);
    return answer;
  };
}

describe.each(PASSWORDS)('%s', (secret, server, user) => {
  const finished = (cluster: FakeCluster) => {
    const value = cluster.value(secret, 'password') ?? '';
    expect(cluster.secrets.get(secret)?.data).toEqual({ password: expect.any(String) });
    expect(cluster.accepts(server, user, value)).toBe(true);
    expect(cluster.secrets.get(secret)?.metadata.annotations['coped.org/rotated-at']).toBeTruthy();
    return value;
  };

  test('gets a new value that its server accepts, and the old one is refused', async () => {
    const cluster = FakeCluster.complete();
    const old = cluster.value(secret, 'password') ?? '';
    const world = fakeWorld(watched(cluster));
    expect(await world.coped('secrets', 'production', 'rotate', secret)).toBe(0);
    expect(finished(cluster)).not.toBe(old);
    expect(cluster.accepts(server, user, old)).toBe(false);
    expect(world.output()).toContain(`rotated  ${secret}/password`);
  });

  test('interrupted at any call, before it or after it, a second run finishes the same rotation', async () => {
    const calls: Call[] = [];
    await fakeWorld(watched(FakeCluster.complete(), calls)).coped('secrets', 'production', 'rotate', secret);
    expect(calls.length).toBeGreaterThan(8);
    const trials = calls.flatMap((_, at) => [false, true].map((done) => ({ at, done })));
    const place = PASSWORDS.findIndex(([name]) => name === secret);
    for (const { at, done } of sample(trials, 3, place)) {
      const cluster = FakeCluster.complete();
      let n = 0;
      const once: Answer = (call) => {
        if (call.line.startsWith('config') || aboutLease(call)) return cluster.answer(call);
        if (n++ !== at) return watched(cluster)(call);
        if (done) watched(cluster)(call);
        throw new InterruptedError();
      };
      const first = fakeWorld(once);
      expect(await first.coped('secrets', 'production', 'rotate', secret)).toBe(130);
      const begun = cluster.value(secret, 'previous-password') && cluster.value(secret, 'password');
      const second = fakeWorld(watched(cluster));
      expect(await second.coped('secrets', 'production', 'rotate', secret)).toBe(0);
      const value = finished(cluster);
      if (begun) expect(value).toBe(begun);
      if (begun) expect(second.errors()).toContain('a rotation was interrupted, and is finished now');
    }
  });
});

test('no value is ever an argument, printed, or left in an annotation', async () => {
  const cluster = FakeCluster.complete();
  const values = () => [...cluster.secrets.values()].flatMap(({ data }) => Object.values<string>(data));
  const before = values();
  const world = fakeWorld(watched(cluster));
  for (const component of ['postgres', 'elasticsearch', 'django']) {
    expect(await world.coped('secrets', 'production', 'rotate', component)).toBe(0);
  }
  const after = values();
  const shown = [
    world.output(),
    world.errors(),
    ...world.calls.map(({ args }) => args.join(' ')),
    ...[...cluster.secrets.values()].map(({ metadata }) => JSON.stringify(metadata)),
  ].join('\n');
  for (const base64 of [...before, ...after]) {
    expect(shown).not.toContain(base64);
    expect(shown).not.toContain(Buffer.from(base64, 'base64').toString());
  }
});

test('PostgreSQL is told a verifier, never the password itself', async () => {
  const cluster = FakeCluster.complete();
  const world = fakeWorld(watched(cluster));
  await world.coped('secrets', 'production', 'rotate', 'postgres-application');
  const statements = world.calls.filter(({ options }) => String(options.input).includes('ALTER ROLE'));
  expect(statements).toHaveLength(1);
  expect(String(statements[0]?.options.input)).not.toContain(
    cluster.value('postgres-application', 'password') ?? '?',
  );
});

test('a component: all of its users, the superuser last', async () => {
  const world = fakeWorld(watched(FakeCluster.complete()));
  expect(await world.coped('secrets', 'production', 'rotate', 'postgres')).toBe(0);
  expect(world.output().match(/rotated {2}(\S+)\//g)).toEqual(
    ['owner', 'application', 'readonly', 'backup', 'superuser'].map((user) => `rotated  postgres-${user}/`),
  );
});
