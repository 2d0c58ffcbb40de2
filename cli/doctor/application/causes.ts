import type { Application, Call } from '../../../lib/application';
import { type Cause, FILE, faultsIn, hostsIn, restrictionsIn } from './log';
import type { Program } from './programs';
import type { Seen } from './run';

/** What is wrong with a program, or what it could do without; nothing if all is well. */
export function causesOf(
  program: Program,
  seen: Seen,
  application: Application,
  servers: readonly string[],
): Cause[] {
  const { good, why, ended, log } = seen;
  if (why) return [{ found: why.reason, next: why.next }];
  const said = [ended?.message, log].filter(Boolean).join('\n');
  const causes = [
    ...restrictionsIn(said, application),
    ...callsOf(program, seen, said, application, servers),
  ];
  // A status or a probe says that it works; of what just goes on, its log alone.
  if (good) return program.lasts > 0 ? [...causes, ...faultsIn(said, application)] : causes;
  if (ended?.reason === 'OOMKilled')
    return [{ found: 'exceeded its memory limit', next: 'Raise its memoryLimit in lib/environments' }];
  return [...causes, ...faultsIn(said, application), ...probeOf(program, seen, application)];
}

/** What many settings take where they are given no host. */
const ITSELF = /^(localhost|127\..+|0\.0\.0\.0)$/;

/** Connections to what is outside of the environment. */
function callsOf(
  { pod, lasts }: Program,
  { unanswered, good }: Seen,
  said: string,
  { calls = [] }: Application,
  servers: readonly string[],
): Cause[] {
  const component = pod.metadata.labels?.['app.kubernetes.io/component'] ?? '';
  const isDeclared = ({ from, port }: Call, asked?: number) =>
    from.includes(component) && (asked === undefined || asked === port);
  const named = hostsIn(said);
  const silent = unanswered.filter((address) => !named.some(({ host }) => address.startsWith(`${host}:`)));
  return [...silent.map((host) => ({ host, unknown: false })), ...named].flatMap(({ host, unknown }) => {
    const [name = '', port] = host.split(':');
    if (servers.includes(name)) {
      const next = `Address and login are in \`known\`, which \`variables\` of ${FILE} is given`;
      return good && lasts === 0
        ? []
        : [{ found: `does not get an answer from ${name}`, next, logged: true }];
    }
    if (unknown && !name.includes('.')) {
      const next = `Give its settings the host of \`known\` (${servers.join(', ')}), in \`variables\` of ${FILE}`;
      return [{ found: `asks for the host ${name}, which is not there`, next }];
    }
    if (ITSELF.test(name)) {
      const next = `Its settings lack a host: give them that of \`known\` (${servers.join(', ')}), in \`variables\` of ${FILE}`;
      return [{ found: `calls ${host}, its own container, where no server runs`, next, logged: true }];
    }
    return calls.some((call) => isDeclared(call, port === undefined ? undefined : Number(port)))
      ? [
          {
            found: `calls ${host}, as \`calls\` declares, and gets no answer`,
            next: 'Look at the network of this machine: no policy stops that',
          },
        ]
      : [
          {
            found: `calls ${host}, which is not in \`calls\`: a network policy stops it`,
            next: `If it has to, add a line from '${component}' to \`calls\` of ${FILE}; else turn it off`,
          },
        ];
  });
}

const NO_LOGIN = 'a path that needs no login';
const OTHER_PATH: Readonly<Record<string, string>> = {
  401: NO_LOGIN,
  403: NO_LOGIN,
  404: "a path that it has, or 'port'",
};

/** What the probes of a server complain about. */
function probeOf(
  { name, pod, ends, within }: Program,
  { unhealthy, ended }: Seen,
  { web, api = web, alive }: Application,
): Cause[] {
  if (ends !== undefined || ended || unhealthy === undefined) return [];
  const server = name === 'api' ? api : web;
  const which = unhealthy.startsWith('Readiness') ? 'ready' : 'live';
  const asked = `its ${which} path ${server[which]}`;
  const [, status = ''] = /statuscode: (\d+)/.exec(unhealthy) ?? [];
  if (status === '400') {
    const next = `Django refuses the name that it is asked for: write \`known.hosts\` into ALLOWED_HOSTS, by \`variables\` of ${FILE}`;
    return [{ found: `answers ${asked} with status 400`, next }];
  }
  const other = OTHER_PATH[status];
  if (other)
    return [
      {
        found: `answers ${asked} with status ${status}`,
        next: `Write ${other} as \`${name}.${which}\` in ${FILE}`,
      },
    ];
  if (status)
    return [
      { found: `answers ${asked} with status ${status}`, next: 'Its last words are above', logged: true },
    ];
  if (alive && name === 'worker') {
    const next = `Touch it from the worker, or correct \`alive\` in ${FILE}`;
    return [{ found: `does not touch ${alive.file} within ${alive.within} s`, next }];
  }
  const port = pod.spec?.containers?.[0]?.ports?.[0]?.containerPort;
  return /connection refused/.test(unhealthy)
    ? [
        {
          found: `has not listened on port ${port} within ${within} s`,
          next: `Let \`${name}.command\` in ${FILE} listen on \`given.port\` of every address: 0.0.0.0`,
          logged: true,
        },
      ]
    : [{ found: `does not answer ${asked}: ${unhealthy}`, next: 'Its last words are above', logged: true }];
}
