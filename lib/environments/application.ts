import type { z } from 'zod';
import type { Application, Variables } from '../application';
import { ownIn } from '../components';
import { django } from '../components/django/django';
import { elasticsearch } from '../components/elasticsearch/elasticsearch';
import { postgres } from '../components/postgres/postgres';
import { secretsOf } from '../components/secrets';
import type { Known } from '../known';
import type { SecretKey } from '../kubernetes/secret-key';
import type { ClusterSettings } from './cluster';

/** The variables of an application that are secrets, with where each is kept. */
export const secretVariables = ({
  variables,
  credentials = {},
}: Application): ReadonlyMap<string, SecretKey> =>
  new Map(
    Object.entries({ ...variables(EXAMPLE), ...credentials }).flatMap(([name, value]) =>
      typeof value === 'string' ? [] : [[name, value] as const],
    ),
  );

/** Those that everybody may read. */
export const openVariables = ({ variables }: Application): readonly string[] =>
  Object.entries(variables(EXAMPLE)).flatMap(([name, value]) => (typeof value === 'string' ? [name] : []));

/** Authorities of servers that are elsewhere, as examples. */
export const AUTHORITIES = {
  postgres: { secret: 'postgres-ca', key: 'ca.crt' },
  elasticsearch: { secret: 'elasticsearch-ca', key: 'ca.crt' },
};

/** What the variables are asked with, to look at their names: everything that an environment may have. */
export const EXAMPLE: Known = {
  host: 'host.example',
  hosts: ['host.example'],
  debug: false,
  release: '1',
  realSecrets: true,
  maxBodyBytes: 1024,
  trustedProxies: ['192.0.2.1/32'],
  signingKey: secretsOf(django).key,
  postgres: {
    host: 'postgres',
    port: 5432,
    database: 'coped',
    user: 'user',
    password: secretsOf(postgres).application,
    tls: { mode: 'verify-full', authority: AUTHORITIES.postgres, path: '/run/ca.crt' },
  },
  elasticsearch: {
    host: 'elasticsearch',
    port: 9200,
    user: 'user',
    tls: true,
    authority: AUTHORITIES.elasticsearch,
    password: secretsOf(elasticsearch).application,
  },
  redis: { host: 'redis', port: 6379, password: { secret: 'redis', key: 'password' } },
  metabase: { host: 'metabase', port: 3000, database: { host: 'postgres', port: 5432, name: 'metabase' } },
};

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** They change the program that is started, or where it finds its parts. */
const OF_THE_PROGRAM = /^(PATH|PYTHONPATH|PYTHONHOME|PYTHONSTARTUP|LD_\w+|IFS|ENV|BASH_ENV)$/;
const LIKE_A_SECRET = /(PASSWORD|SECRET|TOKEN|_KEY)$/;

/** Whether a value may be one at all: what is wrong with it in detail, the compiler says. */
export const isApplication = (value: unknown): value is Application => {
  const { settings, user, web, migrate, migrated, secrets, variables }: Partial<Application> = Object(value);
  return (
    typeof settings === 'string' &&
    Number.isInteger(user) &&
    typeof web?.command === 'function' &&
    [web.live, web.ready].every((path) => typeof path === 'string') &&
    [migrate, migrated].every(Array.isArray) &&
    secrets !== undefined &&
    typeof variables === 'function'
  );
};

/** What types cannot say about an application: the names of its variables, and reasons that are empty. */
export const applicationFits = (
  ctx: z.core.ParsePayload<{
    readonly application: Application;
    readonly cluster: Pick<ClusterSettings, 'peers'>;
  }>,
): void => {
  // Of settings that are wrong themselves nothing follows.
  if (ctx.issues.length > 0) return;
  const { application, cluster } = ctx.value;
  const present = ownIn(ctx.value).map(({ name }) => name);
  const peers = Object.keys(cluster.peers);
  for (const { path, input, message } of problems(application, present, ['internet', ...peers]))
    ctx.issues.push({ code: 'custom', path: ['application', ...path], input, message });
  const called = (application.calls ?? []).map(({ to }) => to);
  for (const name of peers.filter((one) => !called.includes(one))) {
    const message = 'is called by nothing; name it in `calls` of the application, or remove the key';
    ctx.issues.push({
      code: 'custom',
      path: ['cluster', 'peers', name],
      input: cluster.peers[name],
      message,
    });
  }
};

interface Fault {
  readonly path: readonly string[];
  readonly input: unknown;
  readonly message: string;
}

function problems(
  { secrets, alive, variables, credentials = {}, public: published = [], calls = [] }: Application,
  present: readonly string[],
  callable: readonly string[],
): Fault[] {
  const given: Variables = variables(EXAMPLE);
  const fault = (group: string, name: string, message: string): Fault => ({
    path: [group],
    input: name,
    message: `has ${name}, which ${message}`,
  });
  return [
    ...(secrets !== 'files' && secrets.variables.trim() === ''
      ? [
          {
            path: ['secrets', 'variables'],
            input: secrets.variables,
            message: 'gives no reason; say why the application cannot read files, for the security review',
          },
        ]
      : []),
    ...(alive && !alive.file.startsWith('/tmp/')
      ? [
          {
            path: ['alive', 'file'],
            input: alive.file,
            message: `is ${alive.file}, where the worker cannot write; touch a file below /tmp`,
          },
        ]
      : []),
    ...Object.entries({ variables: given, credentials }).flatMap(([group, names]) =>
      Object.keys(names).flatMap((name) => {
        if (!NAME.test(name))
          return fault(group, name, 'is not the name of a variable; use letters, digits and underscores');
        if (OF_THE_PROGRAM.test(name))
          return fault(group, name, 'would change the program itself; set it in the image');
        if (name.endsWith('_FILE'))
          return fault(
            group,
            name,
            `is how a secret's file is named; write ${name.replace(/_FILE$/, '')}, with where the secret is kept`,
          );
        return [];
      }),
    ),
    ...calls.flatMap((call) => {
      const strange = call.from.filter((name) => !present.includes(name));
      const line = `${call.from.join(', ')} to ${call.to}: ${call.why}`;
      return [
        ...strange.map((name) =>
          fault(
            'calls',
            line,
            `is from ${name}, which is no component of the environment; remove the name, or add the component`,
          ),
        ),
        ...(callable.includes(call.to)
          ? []
          : [
              fault(
                'calls',
                line,
                `goes to a peer that the environment does not name; write ${callable.join(' or ')}, or add it to cluster.peers`,
              ),
            ]),
        ...(Number.isInteger(call.port) && call.port >= 1 && call.port <= 65535
          ? []
          : [fault('calls', line, `names the port ${call.port}; write one from 1 to 65535`)]),
      ];
    }),
    ...Object.keys(credentials)
      .filter((name) => Object.hasOwn(given, name))
      .map((name) =>
        fault('credentials', name, 'is set twice; remove it from variables, or from credentials'),
      ),
    ...Object.entries(given)
      .filter(([name, value]) => typeof value === 'string' && value !== '' && LIKE_A_SECRET.test(name))
      .filter(([name]) => !published.includes(name))
      .map(([name]) =>
        fault(
          'variables',
          name,
          'has the name of a secret and a value that everybody may read; move it to credentials, or to public if it is none',
        ),
      ),
  ];
}
