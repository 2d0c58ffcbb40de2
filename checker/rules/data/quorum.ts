import { workloads } from '../../manifests/workloads';
import { componentOf } from '../../reachability/matrix';
import { rule } from '../../rule';

export const quorum = rule({
  id: 'quorum',
  what: 'Elasticsearch has an even number of nodes.',
  why: 'They elect a master by majority: of four nodes three must agree, so the fourth costs memory and tolerates no more failures than three do; of two, both must be up.',
  remedy: 'Use 1, 3 or 5 nodes.',
  link: 'https://www.elastic.co/docs/deploy-manage/distributed-architecture/discovery-cluster-formation/modules-discovery-quorums',
  find: ({ manifests }) =>
    workloads(manifests)
      .filter((w) => w.manifest.kind === 'StatefulSet' && componentOf(w) === 'elasticsearch')
      .map(({ name, manifest }) => ({ name, replicas: manifest.spec?.replicas ?? 1 }))
      .filter(({ replicas }) => replicas % 2 === 0)
      .map(({ name, replicas }) => ({
        where: `${name} spec.replicas`,
        value: replicas,
        wrong: 'is even, and masters are elected by majority',
        remedy: `Use ${replicas - 1 > 0 ? `${replicas - 1} or ` : ''}${replicas + 1}`,
      })),
});
