import { sum } from '../../../formats/quantity';
import { behind, calls } from '../../analysis/calls';
import type { Share } from '../../analysis/capacity';
import { most, scaleOf } from '../../analysis/capacity';
import { gunicornOf } from '../../analysis/gunicorn';
import { type PostgresServer, postgresServers } from '../../analysis/postgres';
import { variableReader } from '../../analysis/variables';
import type { Manifest } from '../../manifests/manifest';
import type { Container, Workload } from '../../manifests/workloads';
import { rule } from '../../rule';

export const databaseConnections = rule({
  id: 'database-connections',
  what: 'The clients of PostgreSQL can open more connections than the server accepts.',
  why: 'It shows in the busiest hour, when the autoscaler has added the last pod: "too many clients", for everybody. A client is a container with a variable ending in HOST, URL, DSN, SERVER or ADDRESS that names the Service; counted are its pods at their most, in the middle of a rollout, times the workers and threads of gunicorn; one for each pod of anything else.',
  remedy: 'Raise max_connections, or lower workers, threads or replicas.',
  link: 'https://www.postgresql.org/docs/17/runtime-config-connection.html#GUC-MAX-CONNECTIONS',
  find: ({ manifests }) =>
    connectionsOf(manifests).flatMap(({ server, shares, reserved, limit }) => {
      const used = sum(shares.map(({ amount }) => amount));
      if (used + reserved <= Number(limit)) return [];
      const largest = [...shares].sort((a, b) => b.amount - a.amount).slice(0, 3);
      return {
        where: `${server.container.path} max_connections`,
        value: limit,
        wrong: `is less than its clients' ${used} connections and the ${reserved} that are reserved`,
        remedy: `Use ${used + reserved} or more; the largest clients are ${largest
          .map(({ name, amount }) => `${name} ${amount}`)
          .join(', ')}`,
      };
    }),
});

/** The connections of a PostgreSQL server, in the largest moment. */
export interface Connections {
  readonly server: PostgresServer;
  /** What each client may open. */
  readonly shares: readonly Share[];
  /** Kept free for administrators. */
  readonly reserved: number;
  /** max_connections */
  readonly limit: string;
}

export function connectionsOf(manifests: readonly Manifest[]): Connections[] {
  const servers = postgresServers(manifests);
  if (servers.length === 0) return [];
  const clients = clientsOf(manifests);
  return servers.map((server) => ({
    server,
    shares: [...(clients.get(server.workload) ?? [])].map(([workload, containers]) => ({
      workload,
      name: workload.name,
      amount: most(scaleOf(workload, manifests)) * atOnce(containers),
    })),
    reserved:
      Number(server.setting('superuser_reserved_connections')) +
      Number(server.setting('reserved_connections')),
    limit: server.setting('max_connections'),
  }));
}

interface ClientContainer {
  readonly container: Container;
  readonly connections: number;
}
type Clients = Map<Workload, Map<Workload, ClientContainer[]>>;

/** Who is told the address of which server, and how many connections each container may hold. */
function clientsOf(manifests: readonly Manifest[]): Clients {
  const variablesOf = variableReader(manifests);
  const clients: Clients = new Map();
  const seen = new Set<string>();
  for (const { workload, container, service } of calls(manifests)) {
    for (const server of behind(service, manifests)) {
      const pair = `${container.path} ${server.name}`;
      // Two variables may name one server, and a server may be told its own name.
      if (seen.has(pair) || server === workload) continue;
      seen.add(pair);
      const connections = gunicornOf(container.spec, variablesOf(container.spec))?.threads ?? 1;
      const byClient = clients.get(server) ?? new Map<Workload, ClientContainer[]>();
      clients.set(server, byClient);
      byClient.set(workload, [...(byClient.get(workload) ?? []), { container, connections }]);
    }
  }
  return clients;
}

/** Containers of a pod work together; those that prepare it, one by one before. */
const atOnce = (containers: readonly ClientContainer[]): number => {
  const of = (init: boolean) =>
    containers.filter(({ container }) => container.init === init).map(({ connections }) => connections);
  return Math.max(sum(of(false)), ...of(true));
};
