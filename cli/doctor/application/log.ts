import type { Application } from '../../../lib/application';
import { secretVariables } from '../../../lib/environments/application';

/** Something that is wrong, and what to do about it. */
export interface Cause {
  readonly found: string;
  readonly next: string;
  /** The end of its log says more. */
  readonly logged?: true;
}

type Recognize = (match: readonly (string | undefined)[], application: Application) => Cause;

export const FILE = "the application's file in lib/applications";

const READS_VARIABLES = "write `secrets: { variables: 'why it cannot read files' }`";

const variable: Recognize = ([, ...names], application) => {
  const name = names.find(Boolean) ?? '';
  return secretVariables(application).has(name) && application.secrets === 'files'
    ? {
        found: `lacks the variable ${name}, and has it as a file: ${name}_FILE`,
        next: `Let its settings read the file, or ${READS_VARIABLES} in ${FILE}`,
      }
    : {
        found: `lacks the variable ${name}`,
        next: `Write ${name} into \`variables\` of ${FILE}; into \`credentials\` if it is a secret that someone else makes`,
      };
};

/** What the restrictions of its pod cause. It may go on all the same. */
const RESTRICTIONS: readonly (readonly [said: RegExp, cause: Recognize])[] = [
  [
    /Read-only file system: b?['"](.+?)['"]|(?:cannot (?:create|touch|open|remove)(?: regular file| directory)? )?['"‘]?([^\s'"‘’]+)['"’]?: Read-only file system/,
    ([, path, other]) => ({
      found: `writes to ${path ?? other}, and can write below /tmp only`,
      next: `Move it below /tmp, by a setting or a variable (such as HOME: '/tmp') in ${FILE}; what has to last belongs into the database`,
    }),
  ],
  [
    /Permission denied: b?['"](.+?)['"]|can't open file ['"](.+?)['"]: \[Errno 13\]|([^\s'"]+): Permission denied/,
    ([, ...paths], { user }) => ({
      found: `may not open ${paths.find(Boolean)} as user ${user}`,
      next: `In the Dockerfile, let everyone read it (\`RUN chmod -R a+rX\`); or make \`user\` in ${FILE} the user to whom it belongs`,
    }),
  ],
  [
    /unable to open database file|attempt to write a readonly database/,
    () => ({
      found: 'writes to a database of SQLite, in a file',
      next: `Give its settings the database of \`known.postgres\`, in \`variables\` of ${FILE}`,
    }),
  ],
];

/** Why a program has failed; the first counts. */
const FAULTS: typeof RESTRICTIONS = [
  [
    /unrecognized arguments?:? (.+)|[Nn]o such (?:option|command):? ?(.+)|(?:unrecognized|unknown|invalid) option(?: --)?:? ?(.+)|error: (argument .+|the following arguments .+)/,
    ([, ...parts]) => {
      const found = parts.find(Boolean)?.replace(/^['"‘]|['"’.]+$/g, '');
      return {
        found: `refuses its arguments: ${found}`,
        next: found?.includes('--no-control-socket')
          ? `Write into ${FILE} which gunicorn the image has: \`gunicorn(…, { since: '20.1' })\``
          : `Correct its command in ${FILE}, or the version in the image`,
      };
    },
  ],
  [
    /Unknown command: ['"](.+?)['"]/,
    ([, name]) => ({
      found: `has no management command ${name}`,
      next: `Add its app to INSTALLED_APPS, or correct the command in ${FILE}`,
    }),
  ],
  [
    /KeyError: ['"]([A-Z][A-Z0-9_]+)['"]|[Ss]et the (\w+) environment variable|(\w+) not found\. Declare it|The ([A-Z_]+) setting must not be empty|environment variable:? ['"]?([A-Z][A-Z0-9_]+)/,
    variable,
  ],
  [
    /ImproperlyConfigured: (.+)/,
    ([, why]) => ({
      found: `has settings that Django refuses: ${why}`,
      next: `Correct \`variables\` in ${FILE}`,
    }),
  ],
  [
    /Missing staticfiles manifest entry for ['"](.+?)['"]/,
    ([, name]) => ({
      found: `has no manifest of its static files, which its pages need: ${name} is not in it`,
      next: `Collect them in the Dockerfile, and let \`collectStatic\` of ${FILE} copy them: docs/your-application.md#static-files-with-a-manifest`,
    }),
  ],
  [
    /No module named ['"]?([\w.]+)|Failed to find attribute '(\w+)'/,
    ([, name, attribute]) => ({
      found: `finds no Python module ${name ?? attribute}`,
      next: `If it is the application's own, correct its name in ${FILE}; else add it to the requirements of the image`,
    }),
  ],
  [
    /exec: "(.+?)": (?:executable file not found|stat)|(\S+): not found$|No such file or directory: ['"](.+?)['"]|can't open file ['"](.+?)['"]: \[Errno 2\]/m,
    ([, ...names]) => ({
      found: `finds no ${names.find(Boolean)} in the image`,
      next: `Add it to the image, or correct the command in ${FILE}; commands start in the WORKDIR of the Dockerfile`,
    }),
  ],
  [
    /(?:password authentication failed for user|role) "(.+?)"|(NOAUTH|WRONGPASS)/,
    ([, user], { secrets }) => ({
      found: user ? `is not let in as user ${user}` : 'is not let in by Redis',
      next: `Give its settings user and password of \`known\`, in \`variables\` of ${FILE}${secrets === 'files' ? `; ${READS_VARIABLES} if they read no files` : ''}`,
    }),
  ],
];

const match = (said: string, application: Application, all: typeof RESTRICTIONS): Cause[] =>
  all.flatMap(([pattern, cause]) => {
    const found = pattern.exec(said);
    return found ? [cause(found, application)] : [];
  });

export const restrictionsIn = (said: string, application: Application): Cause[] =>
  match(said, application, RESTRICTIONS);

export const faultsIn = (said: string, application: Application): Cause[] =>
  match(said, application, FAULTS).slice(0, 1);

const NO_NAME =
  /name resolution|[Nn]ame or service not known|NameResolutionError|could not (?:translate host name|resolve)|[Ff]ailed to resolve/;
const NO_ANSWER = /Network is unreachable|timed out|Timeout|No route to host|Connection refused/;
const HOSTS = [
  /host=['"]([\w.-]+)['"]/,
  /host name "([\w.-]+)"/,
  /resolve(?: host:?)? ['"]?([\w.-]+)/,
  /(?:https?|rediss?|amqp):\/\/(?:[^@/\s]*@)?([\w.-]+)/,
  /server at "([\w.-]+)"/,
  /connect(?:ion|ing)? (?:failed )?to (?:server at )?"?([\w-]+[\w.-]*)/,
  /\b((?:\d{1,3}\.){3}\d{1,3})\b/,
];

/** Hosts that a program complains about: unknown here, or without an answer. */
export function hostsIn(said: string): { readonly host: string; readonly unknown: boolean }[] {
  const lines = said.split('\n');
  const found = lines.flatMap((line) => {
    const unknown = NO_NAME.test(line);
    if (!unknown && !NO_ANSWER.test(line)) return [];
    // Where the error has no name in it, a line of the traceback before it may.
    const host = [line, said].map(hostIn).find(Boolean);
    return host ? [{ host, unknown }] : [];
  });
  return [...new Map(found.map((one) => [one.host, one])).values()];
}

const hostIn = (text: string): string | undefined =>
  HOSTS.map((pattern) => pattern.exec(text)?.[1]).find(Boolean);
