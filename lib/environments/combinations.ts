import type { z } from 'zod';
import type { Application } from '../application';
import { componentsIn } from '../components';
import { defaultImages, type Images, imageNames } from '../components/images';

// What must hold between the settings of several components.

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
  readonly postgres: { readonly maxConnections: number };
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

/** Each component has its image, and each image its component. */
export const imagesOfComponents = (ctx: z.core.ParsePayload<{ readonly images: Partial<Images> }>): void => {
  if (ctx.issues.length > 0) return;
  const present = componentsIn(ctx.value).map(({ name }) => name);
  for (const name of imageNames) {
    const input = ctx.value.images[name];
    const path = ['images', name];
    if (present.includes(name) && input === undefined)
      ctx.issues.push({ code: 'custom', path, input, message: 'is missing' });
    if (!present.includes(name) && input !== undefined && input !== defaultImages[name]) {
      const message = `belongs to a component that the environment leaves out; remove the line, or set ${name}`;
      ctx.issues.push({ code: 'custom', path, input, message });
    }
  }
};

interface Chosen {
  readonly name: string;
  readonly application: Application;
  readonly api?: unknown;
  readonly worker?: unknown;
  readonly beat?: unknown;
  readonly static?: unknown;
  readonly commands?: object;
  readonly redis?: unknown;
}

/** What an environment names, and what its application must declare for that. */
const PROGRAMS = { api: 'api', worker: 'worker', beat: 'beat', static: 'collectStatic' } as const;

/** Each component that runs the application has its command, its broker, and each result someone who serves it. */
export const programsOfApplication = (ctx: z.core.ParsePayload<Chosen>): void => {
  if (ctx.issues.length > 0) return;
  const { application, redis, commands = {}, ...chosen } = ctx.value;
  const here = `lib/environments/${chosen.name}.ts`;
  const problem = (path: string[], input: unknown, message: string) =>
    ctx.issues.push({ code: 'custom', path, input, message });
  const undeclared = (path: string[], input: unknown, declared: string) =>
    problem(
      path,
      input,
      `has no command: the application declares no ${declared}; remove the key from ${here}, or declare it in the application's file, in lib/applications`,
    );
  for (const key of ['api', 'worker', 'beat', 'static'] as const) {
    if (chosen[key] !== undefined && application[PROGRAMS[key]] === undefined)
      undeclared([key], chosen[key], `\`${PROGRAMS[key]}\``);
  }
  for (const [name, input] of Object.entries(commands)) {
    if (!Object.hasOwn(application.commands ?? {}, name))
      undeclared(['commands', name], input, `\`${name}\` in \`commands\``);
  }
  for (const key of ['worker', 'beat'] as const) {
    if (chosen[key] !== undefined && redis === undefined)
      problem([key], chosen[key], `has no queue of tasks; set \`redis: {}\` in ${here}, or remove the key`);
  }
  if (application.collectStatic !== undefined && chosen.static === undefined)
    problem(
      ['application', 'collectStatic'],
      undefined,
      `collects /static/, which is served by no one; set \`static: {}\` in ${here}, or remove collectStatic from the application's file, in lib/applications`,
    );
};

interface Annotated {
  readonly dashboards?: { readonly replicas: number; readonly serviceAnnotations: object };
  readonly ingress: { readonly annotations: object };
}

/** A kernel lives in one pod: with several, the ingress controller must be configured to keep a browser with its own. */
export const stickySessions = (ctx: z.core.ParsePayload<Annotated>): void => {
  const { dashboards, ingress } = ctx.value;
  if (!dashboards) return;
  const annotations = { ...dashboards.serviceAnnotations, ...ingress.annotations };
  if (dashboards.replicas === 1 || Object.keys(annotations).length > 0) return;
  ctx.issues.push({
    code: 'custom',
    path: ['dashboards', 'replicas'],
    input: dashboards.replicas,
    message:
      'would send browsers to pods that do not have their kernel; set dashboards.serviceAnnotations or ingress.annotations for sticky sessions',
  });
};

interface Routed {
  readonly metabase?: object;
  readonly ingress: { readonly className: string };
}

/** Metabase is at /metabase/ and does not know it: the ingress controller must take that off, which each does in its own way. */
export const prefixOfMetabase = (ctx: z.core.ParsePayload<Routed>): void => {
  if (ctx.issues.length > 0) return;
  const { metabase, ingress } = ctx.value;
  if (metabase === undefined || ingress.className === 'traefik') return;
  ctx.issues.push({
    code: 'custom',
    path: ['ingress', 'className'],
    input: ingress.className,
    message:
      "would pass /metabase/ on as it is, and Metabase answers at / only: how to take it off is known for Traefik alone; write 'traefik', or remove metabase",
  });
};
