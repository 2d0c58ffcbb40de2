import { containers, workloads } from '../../checker/manifests/workloads';
import type { Application } from '../../lib/application';
import { sample } from '../../lib/applications/sample';
import { development } from '../../lib/environments/development';
import { production } from '../../lib/environments/production';
import { parseEnvironments } from '../../rules/environments';
import { searchClientVersion } from '../../rules/search-client';
import { exceptionsIn } from '../../rules/subject';
import { synthesize } from '../../rules/synthesize';
import { busy, optional, room } from '../optional';
import { messageOf } from '../support';

const credentials = {
  CAPTCHA_SECRET: { secret: 'captcha', key: 'secret', purpose: 'Asks.', from: 'a captcha' },
  MAIL_API_KEY: { secret: 'mail', key: 'api-key', purpose: 'Sends mail.', from: 'a mailer' },
  MAIL_SECRET_KEY: { secret: 'mail', key: 'secret-key', purpose: 'Sends mail.', from: 'a mailer' },
};
/** It reads no files, and has secrets from elsewhere. */
const unread = {
  secrets: { variables: 'Its settings read os.environ alone.' },
  rotates: 'with a restart',
  uses: undefined,
  credentials,
} as const;
const old: Application = { ...sample, ...unread };

const manifestsOf = (input: object) =>
  synthesize([input]).flatMap(({ files }) => files.flatMap((file) => file.manifests));

/** Containers that run the application's image. */
const programs = (input: typeof development | typeof production) =>
  workloads(manifestsOf(input))
    .flatMap((workload) => containers(workload).map((container) => ({ workload, container })))
    .filter(
      ({ container }) => container.spec.image === input.images.django && container.spec.name !== 'copy-code',
    );

/** Everything that an environment may have. */
const full = { ...production, ...optional, ...room, name: 'full', application: busy };

test.each([
  development,
  production,
  full,
])('$name starts every program of an application that reads no files with variables', (input) => {
  const started = programs({ ...input, application: { ...input.application, ...unread } });
  expect(started.length).toBeGreaterThan(input === full ? 9 : 2);
  for (const { container } of started)
    expect(container.spec.command?.slice(0, 4)).toEqual(['sh', '-euc', expect.any(String), 'as-variables']);
  for (const { workload } of started) {
    const files = JSON.stringify(workload.pod.volumes);
    for (const { secret, key } of Object.values(credentials)) {
      expect(files).toContain(`"name":"${secret}"`);
      expect(files).toContain(`"key":"${key}"`);
    }
  }
});

test('its reason is among what is excused, for each of its programs', () => {
  const input = { ...production, application: old };
  const [environment] = parseEnvironments([input]);
  const excused = environment ? exceptionsIn(environment, manifestsOf(input)) : [];
  const reasons = excused.filter(({ rule }) => rule === 'secret-variables').map(({ reason }) => reason);
  expect(reasons).toEqual(programs(input).map(() => 'Its settings read os.environ alone.'));
});

test('of an application whose source is elsewhere, no client of Elasticsearch is known', () => {
  expect(searchClientVersion(sample)).toMatch(/^\d+\./);
  expect(searchClientVersion({})).toBeUndefined();
});

test('a laptop has obviously fake values for them, in one Secret each', () => {
  const secrets = manifestsOf({ ...development, application: old }).filter(({ kind }) => kind === 'Secret');
  const mail = secrets.find(({ metadata }) => metadata.name === 'mail')?.data;
  expect(mail).toEqual({
    'api-key': Buffer.from('fake-mail-api-key').toString('base64'),
    'secret-key': Buffer.from('fake-mail-secret-key').toString('base64'),
  });
});

test('whose secrets are variables is given nothing of rotations', () => {
  const text = JSON.stringify(manifestsOf({ ...production, application: old }));
  expect(text).not.toMatch(/_PREVIOUS_FILE|_NEXT_FILE|_PASSWORD_FROM/);
});

test('a role is given its own login only', () => {
  for (const { workload } of programs(full)) {
    const roles = ['postgres-application', 'postgres-owner'].filter((name) =>
      JSON.stringify(workload.pod.volumes).includes(`"${name}"`),
    );
    expect(roles).toEqual([workload.name === 'CronJob/migrate' ? 'postgres-owner' : 'postgres-application']);
  }
});

test('without health paths a server is alive and ready while it accepts connections', () => {
  const application: Application = { ...sample, web: { ...sample.web, live: 'port', ready: '/login/' } };
  const [web] = programs({ ...production, application }).filter(
    ({ workload, container }) => workload.name === 'Deployment/web' && !container.init,
  );
  expect(web?.container.spec.livenessProbe?.tcpSocket).toEqual({ port: 'http' });
  expect(web?.container.spec.readinessProbe?.httpGet?.path).toBe('/login/');
});

test('its scripts wait for the servers, whatever its variables are called', () => {
  const application: Application = {
    ...sample,
    variables: ({ postgres, elasticsearch, signingKey, hosts }) => ({
      DATABASE: postgres.host,
      DB_SECRET: postgres.password,
      KEY: signingKey,
      HOSTS: hosts.join(),
      ...(elasticsearch && { SEARCH_PASSWORD: elasticsearch.password }),
      ...(elasticsearch?.authority && { SEARCH_CA: elasticsearch.authority }),
    }),
  };
  const text = JSON.stringify(manifestsOf({ ...production, application }));
  expect(text).toContain('wait_for PostgreSQL \\"$DATABASE\\" 5432 60');
  expect(text).toContain('wait_for Elasticsearch elasticsearch 9200 60');
});

test('what it calls on the internet is open to those that call, and nothing near is', () => {
  const calls = [{ from: ['web'], to: 'internet', port: 443, why: 'mail' }] as const;
  const policies = manifestsOf({ ...production, application: { ...sample, calls } }).filter(
    ({ kind }) => kind === 'NetworkPolicy',
  );
  const open = policies
    .filter((policy) => JSON.stringify(policy).includes('0.0.0.0/0'))
    .map(({ metadata }) => metadata.name);
  expect(open).toEqual(['web']);
  expect(JSON.stringify(policies)).toContain(
    '"except":["10.0.0.0/8","100.64.0.0/10","169.254.0.0/16","172.16.0.0/12","192.168.0.0/16"]',
  );
});

test('what it calls by a name is what the environment says, at its port', () => {
  const calls = [{ from: ['web'], to: 'mail', port: 25, why: 'mail' }];
  const peers = { mail: { namespace: 'mail', labels: { app: 'relay' }, port: 2525 } };
  const policies = manifestsOf({ ...production, application: { ...sample, calls }, cluster: { peers } });
  const open = policies.filter(({ spec }) => JSON.stringify(spec ?? {}).includes('"app":"relay"'));
  expect(open.map(({ metadata }) => metadata.name)).toEqual(['web']);
  expect(JSON.stringify(open)).toContain('"ports":[{"port":2525,"protocol":"TCP"}]');
});

const refused: readonly [string, Partial<Application>][] = [
  [
    'a caller that is not there',
    { calls: [{ from: ['wep', 'worker'], to: 'internet', port: 443, why: 'mail' }] },
  ],
  ['a peer that is not there', { calls: [{ from: ['web'], to: 'mail', port: 587, why: 'mail' }] }],
  ['no port', { calls: [{ from: ['web'], to: 'internet', port: 0, why: 'mail' }] }],
  ['no reason', { secrets: { variables: ' ' }, rotates: 'with a restart' }],
  [
    'a secret in what is for people',
    {
      calls: [
        { from: ['web'], to: 'internet', port: 443, why: 'mail, https://coped:s3cretword@mail.example' },
      ],
      credentials: {
        A_TOKEN: { ...credentials.CAPTCHA_SECRET, from: 'ghp_012345678901234567890123456789abcdef' },
      },
    },
  ],
  ['a file that cannot be touched', { alive: { file: '/app/alive', within: 60 } }],
  ['twice', { credentials: { SQL_PASSWORD: credentials.CAPTCHA_SECRET } }],
  ['no name', { credentials: { 'A B': credentials.CAPTCHA_SECRET, 'A=B': credentials.CAPTCHA_SECRET } }],
  [
    'the program',
    {
      variables: (known) => ({
        ...sample.variables(known),
        PATH: '/tmp',
        PYTHONPATH: '/tmp',
        LD_PRELOAD: 'x',
      }),
    },
  ],
  [
    'a file',
    { variables: (known) => ({ ...sample.variables(known), TOKEN_FILE: '/run/secrets/coped/token' }) },
  ],
  [
    'the value of a known secret',
    { variables: (known) => ({ ...sample.variables(known), PLAIN: 'fake-postgres-owner-password' }) },
  ],
  [
    'a secret',
    {
      variables: (known) => ({ ...sample.variables(known), API_TOKEN: 'x', SITE_KEY: 'y' }),
      public: ['SITE_KEY'],
    },
  ],
];

test.each(refused)('what an application says wrong: %s', (_, change) => {
  const application = { ...sample, ...change };
  expect(messageOf(() => synthesize([{ ...production, application }]))).toMatchSnapshot();
});

test.each([
  ['secrets', { secrets: undefined }],
  ['a path that is misspelled', { web: { command: sample.web.command, live: 'port', redy: '/' } }],
])('an application that would not compile: %s', (_, change) => {
  const input = { ...production, application: { ...sample, ...change } };
  expect(messageOf(() => synthesize([input]))).toMatch(
    /application: .*lacks a field that every application has\.\n *Run `npm run typecheck`, which names it/,
  );
});
