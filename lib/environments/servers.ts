import type { z } from 'zod';
import type { Application } from '../application';
import { isExternal } from '../components/elsewhere';
import { AUTHORITIES, EXAMPLE } from './application';

// What must hold between the database or the search, ours or someone else's, and what uses them.

interface Server {
  readonly replicas: number | { readonly max: number };
  readonly workers: number;
  readonly threads: number;
}

interface Clients {
  readonly web: Server;
  readonly api?: Server;
  readonly worker?: { readonly replicas: number; readonly concurrency: number };
  readonly beat?: object;
  readonly commands?: object;
  readonly metabase?: { readonly connections: number };
  readonly postgres: { readonly maxConnections?: number };
}

/** postgres-bootstrap, migrate and backup at once, and what PostgreSQL keeps for its superuser. */
const OTHERS = 3 + 3;

/**
 * Every thread may hold a connection: with the last pod of the autoscaler, and one more that a rollout adds, the server
 * must still accept all. Otherwise the busiest hour ends with "too many clients".
 * @see https://www.postgresql.org/docs/17/runtime-config-connection.html#GUC-MAX-CONNECTIONS
 */
export const databaseConnections = (ctx: z.core.ParsePayload<Clients>): void => {
  // Of settings that are wrong themselves nothing follows.
  if (ctx.issues.length > 0) return;
  const { web, api, worker, beat, commands, metabase, postgres } = ctx.value;
  // How many a server of someone else takes is not known here.
  if (postgres.maxConnections === undefined) return;
  const servers = Object.entries({ web, ...(api && { api }) }).map(
    ([name, { replicas, workers, threads }]) => {
      const pods = (typeof replicas === 'number' ? replicas : replicas.max) + 1;
      return { name, connections: pods * workers * threads };
    },
  );
  const clients = [
    ...servers,
    ...(worker ? [{ name: 'worker', connections: (worker.replicas + 1) * worker.concurrency }] : []),
    ...(beat ? [{ name: 'beat', connections: 1 }] : []),
    ...(commands ? [{ name: 'commands', connections: Object.keys(commands).length }] : []),
    // To its own database, and to the one that it shows.
    ...(metabase ? [{ name: 'metabase', connections: 2 * metabase.connections }] : []),
  ];
  const needed = clients.reduce((sum, { connections }) => sum + connections, OTHERS);
  if (needed <= postgres.maxConnections) return;
  ctx.issues.push({
    code: 'custom',
    path: ['postgres', 'maxConnections'],
    input: postgres.maxConnections,
    message: `is less than the ${needed} connections that its clients may open (${clients
      .map(({ name, connections }) => `${name} ${connections}`)
      .join(', ')}, others ${OTHERS}); raise it to ${needed}, or lower workers, threads or replicas`,
  });
};

/** Dumps may be left out where they are made by who runs the server. */
export const dumpedSomewhere = (
  ctx: z.core.ParsePayload<{ readonly postgres: object; readonly backup?: object }>,
): void => {
  const { postgres, backup } = ctx.value;
  if (backup !== undefined || isExternal(postgres)) return;
  ctx.issues.push({ code: 'custom', path: ['backup'], input: backup, message: 'is missing' });
};

interface Servers {
  readonly application: Application;
  readonly postgres?: unknown;
  readonly elasticsearch?: unknown;
}

/** An application that is not told an authority would send its password to any server that answers. */
export const authoritiesAreTold = (ctx: z.core.ParsePayload<Servers>): void => {
  if (ctx.issues.length > 0) return;
  const told = Object.values(ctx.value.application.variables(EXAMPLE));
  for (const name of ['postgres', 'elasticsearch'] as const) {
    const server = ctx.value[name];
    if (!isExternal(server) || !server.authority || told.includes(AUTHORITIES[name])) continue;
    ctx.issues.push({
      code: 'custom',
      path: [name, 'authority'],
      input: server.authority,
      message: `is in none of the application's variables, so it would not check who answers; add \`${name}${name === 'postgres' ? '.tls' : ''}.authority\` to them in the application's file, in lib/applications`,
    });
  }
};

interface Stored {
  readonly metabase?: object;
  readonly postgres: object;
}

/** Metabase has a database of its own, which postgres-bootstrap makes: on a server of someone else, nothing here may. */
export const databaseOfMetabase = (ctx: z.core.ParsePayload<Stored>): void => {
  if (ctx.issues.length > 0) return;
  const { metabase, postgres } = ctx.value;
  if (metabase === undefined || !isExternal(postgres)) return;
  ctx.issues.push({
    code: 'custom',
    path: ['metabase'],
    input: metabase,
    message:
      "has no database: it is made on a server of ours alone; remove the key, or write postgres.kind 'server'",
  });
};
