import type { Manifest } from '../../manifests/manifest';
import { containers, ofKind, workloads } from '../../manifests/workloads';
import { componentOf } from '../../reachability/matrix';
import { rule } from '../../rule';

export const founders = rule({
  id: 'founders',
  what: 'Elasticsearch nodes that are added later are initial master nodes, or no node is.',
  why: 'If they cannot reach the first nodes, they have a majority among themselves and form a second, empty cluster.',
  remedy: 'Leave elasticsearch.founders at the number of nodes of the first start.',
  link: 'https://www.elastic.co/docs/deploy-manage/distributed-architecture/discovery-cluster-formation/modules-discovery-bootstrap-cluster',
  needs: ['committed'],
  find: ({ manifests, committed }) => {
    const before = foundersIn(committed);
    const [value, where] = foundersIn(manifests) ?? [];
    if (before === undefined || value === before[0]) return undefined;
    if (where === undefined) {
      const wrong = 'is gone: with empty volumes, as after a disaster, no cluster could form';
      return { where: before[1], wrong, remedy: `Set it to ${before[0]} again` };
    }
    return {
      where,
      value,
      wrong: `was ${before[0]} when the cluster was formed: new nodes could form a second one`,
      remedy: `Set elasticsearch.founders to ${before[0].split(',').length}, the number of nodes of the first start`,
    };
  },
});

function foundersIn(manifests: readonly Manifest[]): [value: string, where: string] | undefined {
  return workloads(ofKind(manifests, 'StatefulSet'))
    .flatMap(containers)
    .flatMap(({ path, spec }) =>
      (spec.env ?? [])
        // From a ConfigMap it has no value here.
        .flatMap(({ name, value }) => (name === 'FOUNDERS' && value !== undefined ? value : []))
        .map((value): [string, string] => [value, `${path}.env[FOUNDERS].value`]),
    )[0];
}

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
