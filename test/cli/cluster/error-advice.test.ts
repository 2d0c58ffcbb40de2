import { fakeWorld } from '../fake-world';

const LOG = `E1125 22:00:00.000001    4242 memcache.go:265] "Unhandled Error" err="couldn't get current server API group list"\n`;

test.each([
  [
    'is away',
    'The connection to the server 127.0.0.1:6443 was refused - did you specify the right host or port?',
    /The cluster does not answer/,
  ],
  [
    'is behind a VPN',
    'Unable to connect to the server: dial tcp: lookup staging.example.org: no such host',
    /The cluster does not answer.*VPN/,
  ],
  [
    'does not know us any more',
    'error: You must be logged in to the server (Unauthorized)',
    /Log in to the cluster again/,
  ],
  [
    'has another certificate',
    'Unable to connect to the server: tls: failed to verify certificate: x509: certificate signed by unknown authority',
    /does not trust/,
  ],
  [
    'deletes the namespace',
    'Error from server (Forbidden): pods "x" is forbidden: unable to create new content in namespace coped-staging because it is being terminated',
    /is being deleted: wait/,
  ],
  [
    'does not let us',
    'Error from server (Forbidden): cronjobs.batch "migrate" is forbidden: User "ada" cannot get resource',
    /You are not allowed to do that/,
  ],
  ['says something else', 'error: the sky is green', /See docs\/troubleshooting\.md/],
])('a cluster that %s: one line says so, the next what to do', async (_, stderr, next) => {
  const world = fakeWorld(({ line }) =>
    line.startsWith('config') ? undefined : { code: 1, stderr: LOG + LOG + stderr },
  );
  expect(await world.coped('migrate', 'staging', '--plan')).toBe(1);
  const lines = world.errors().trim().split('\n').slice(-2);
  expect(lines[0]).toContain(stderr);
  expect(lines[1]).toMatch(next);
  expect(world.errors()).not.toContain('memcache');
});
