import { z } from 'zod';
import { quantity } from '../../../formats/quantity';
import { bytes, cpu, integer, objectName } from '../../kubernetes/values';
import { KINDS, KINDS_OF_LAPTOPS, ownKind } from '../elsewhere';
import { clients } from './clients';
import { externalElasticsearch } from './external';

const server = <Clients extends z.ZodType>(clients: Clients) =>
  z
    .strictObject({
      kind: ownKind,
      /** Nodes that elect a master. Even numbers lose the vote with one node just as the number below does. */
      nodes: z.union([z.literal(1), z.literal(3), z.literal(5)], {
        error: 'is not a number of nodes that keeps a quorum when one fails; write 1, 3 or 5',
      }),
      /**
       * Nodes of the very first start, if fewer than now: only they may found the cluster, later ones join it. Keep the
       * number when `nodes` is raised.
       */
      initialMasterNodes: integer(1, 5).optional(),
      /** Machines that the nodes must be spread over, or not start: two on one machine fall together. As many as nodes. */
      machines: integer(1, 5).optional(),
      /** Size of each node's volume. It can grow later, never shrink. */
      storage: bytes,
      /** Kind of disk; the cluster's default if absent. */
      storageClass: objectName.optional(),
      /** CPU that the scheduler reserves for each node. */
      cpu: cpu.default('1'),
      /** Memory of each node, reserved and limit in one; half of it becomes the heap. */
      memory: bytes
        .refine((memory) => (quantity(memory) ?? 0) >= 1536 * 1024 ** 2, {
          error: 'is too little for Elasticsearch to start; write at least "1536Mi"',
        })
        .default('4Gi'),
      /** Map index files into memory: faster, but every machine must have vm.max_map_count ≥ 262144. */
      allowMmap: z.boolean().default(false),
      /** Seconds for which a node that must go still serves, until its endpoint has disappeared. */
      linger: integer(1, 50).default(20),
      clients,
    })
    .refine(({ nodes, initialMasterNodes = nodes }) => initialMasterNodes <= nodes, {
      path: ['initialMasterNodes'],
      error: 'is more than nodes: on empty disks they would wait for nodes that never come; leave it out',
    });

export const elasticsearchSettings = {
  local: z.discriminatedUnion('kind', [server(clients.local)], KINDS_OF_LAPTOPS).optional(),
  hosted: z.discriminatedUnion('kind', [server(clients.hosted), externalElasticsearch], KINDS).optional(),
};
