import type { z } from 'zod';

// What must hold between the settings of several components.

interface Server {
  readonly replicas: number | { readonly max: number };
  readonly workers: number;
  readonly threads: number;
}

interface Clients {
  readonly web: Server;
  readonly api: Server;
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
  const { web, api, postgres } = ctx.value;
  const clients = Object.entries({ web, api }).map(([name, { replicas, workers, threads }]) => {
    const pods = (typeof replicas === 'number' ? replicas : replicas.max) + 1;
    return { name, connections: pods * workers * threads };
  });
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

interface Annotated {
  readonly dashboards: { readonly replicas: number; readonly serviceAnnotations: object };
  readonly ingress: { readonly annotations: object };
}

/** A kernel lives in one pod: with several, the ingress controller must be configured to keep a browser with its own. */
export const stickySessions = (ctx: z.core.ParsePayload<Annotated>): void => {
  const { dashboards, ingress } = ctx.value;
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
