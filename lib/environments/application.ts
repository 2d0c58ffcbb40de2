import type { z } from 'zod';
import type { Application, Known, Variables } from '../application';

/** What the variables are asked with, to look at their names: everything that an environment may have. */
const EXAMPLE: Known = {
  hosts: ['host.example'],
  debug: false,
  release: '1',
  realSecrets: true,
  maxBodyBytes: 1024,
  trustedProxies: ['192.0.2.1/32'],
  signingKey: { secret: 'django', key: 'secret-key' },
  postgres: {
    host: 'postgres',
    port: 5432,
    database: 'coped',
    user: 'user',
    password: { secret: 'postgres', key: 'password' },
  },
  elasticsearch: {
    host: 'elasticsearch',
    port: 9200,
    user: 'user',
    password: { secret: 'elasticsearch', key: 'password' },
  },
  redis: { host: 'redis', port: 6379, password: { secret: 'redis', key: 'password' } },
};

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** They change the program that is started, or where it finds its parts. */
const OF_THE_PROGRAM = /^(PATH|PYTHONPATH|PYTHONHOME|PYTHONSTARTUP|LD_\w+|IFS|ENV|BASH_ENV)$/;
const LIKE_A_SECRET = /(PASSWORD|SECRET|TOKEN|_KEY)$/;

/** What types cannot say about an application: the names of its variables, and reasons that are empty. */
export const applicationFits = (ctx: z.core.ParsePayload<{ readonly application: Application }>): void => {
  const { application } = ctx.value;
  for (const { path, input, message } of problems(application))
    ctx.issues.push({ code: 'custom', path: ['application', ...path], input, message });
};

interface Fault {
  readonly path: readonly string[];
  readonly input: unknown;
  readonly message: string;
}

function problems({
  secrets,
  alive,
  variables,
  credentials = {},
  public: published = [],
}: Application): Fault[] {
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
