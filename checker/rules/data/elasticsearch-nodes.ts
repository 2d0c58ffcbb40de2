import type { Manifest } from '../../manifests/manifest';
import { containers, nameOf, ofKind, workloads } from '../../manifests/workloads';
import { componentOf } from '../../reachability/matrix';
import { rule } from '../../rule';

export const initialMasterNodes = rule({
  id: 'initial-master-nodes',
  what: 'Elasticsearch nodes that are added later are initial master nodes, or no node is.',
  why: 'If they cannot reach the first nodes, they have a majority among themselves and form a second, empty cluster.',
  remedy: 'Leave elasticsearch.initialMasterNodes at the number of nodes of the first start.',
  link: 'https://www.elastic.co/docs/deploy-manage/distributed-architecture/discovery-cluster-formation/modules-discovery-bootstrap-cluster',
  needs: ['committed'],
  find: ({ manifests, committed }) => {
    const before = initialMasterNodesIn(committed);
    const now = initialMasterNodesIn(manifests);
    // Of fewer nodes the others can found nothing; what is wrong with that says `fewer-nodes`.
    const fewer = now !== undefined && removed(committed, manifests).length > 0;
    if (before === undefined || now?.value === before.value || fewer) return undefined;
    if (now === undefined) {
      // What else is lost with a server says `storage`.
      if (!manifests.some((one) => before.where.startsWith(`${nameOf(one)} `))) return undefined;
      const wrong = 'is gone: with empty volumes, as after a disaster, no cluster could form';
      return { where: before.where, wrong, remedy: `Set it to ${before.value} again` };
    }
    return {
      ...now,
      wrong: `was ${before.value} when the cluster was formed: new nodes could form a second one`,
      remedy: `Set elasticsearch.initialMasterNodes to ${before.value.split(',').length}, the number of nodes of the first start`,
    };
  },
});

/** The variable, and what it was called in releases before 1.0: what was deployed then still counts. */
const NAMES: readonly string[] = ['INITIAL_MASTER_NODES', 'FOUNDERS'];

const initialMasterNodesIn = (manifests: readonly Manifest[]) =>
  workloads(ofKind(manifests, 'StatefulSet'))
    .flatMap(containers)
    .flatMap(({ path, spec }) =>
      (spec.env ?? []).flatMap(({ name, value }) =>
        // From a ConfigMap it has no value here.
        NAMES.includes(name ?? '') && value !== undefined
          ? { value, where: `${path}.env[${NAMES[0]}].value` }
          : [],
      ),
    )
    .at(0);

export const fewerNodes = rule({
  id: 'fewer-nodes',
  what: 'Elasticsearch has fewer nodes than it had.',
  why: 'Kubernetes stops the others at once, without asking the cluster: half of the nodes or fewer have no majority, elect no master and answer nothing. And what only the others have a copy of is missing.',
  remedy: 'Keep the number. To remove nodes, first move their data away and exclude them from voting.',
  link: 'https://www.elastic.co/docs/deploy-manage/maintenance/add-and-remove-elasticsearch-nodes',
  needs: ['committed'],
  find: ({ manifests, committed }) =>
    removed(committed, manifests).map(({ name, before, now }) => ({
      where: `${name} spec.replicas`,
      value: now,
      wrong: `was ${before} as committed: Kubernetes accepts that and stops the others at once; at stake: the search, ${
        now * 2 <= before
          ? 'because the rest is no majority and elects no master'
          : 'because data of which only the others have a copy is missing'
      }`,
      remedy: `Keep ${before}. To remove nodes, first move their shards away and exclude them from voting, or start over with empty disks (docs/clusters.md#fewer-elasticsearch-nodes), and add an exception to rules/exceptions.ts`,
    })),
});

const nodesIn = (manifests: readonly Manifest[]) =>
  workloads(ofKind(manifests, 'StatefulSet'))
    .filter((workload) => componentOf(workload) === 'elasticsearch')
    .map(({ name, manifest }) => ({ name, now: manifest.spec?.replicas ?? 1 }));

/** Which StatefulSets have fewer nodes than before. */
function removed(committed: readonly Manifest[], manifests: readonly Manifest[]) {
  const old = new Map(nodesIn(committed).map(({ name, now }) => [name, now]));
  return nodesIn(manifests)
    .map((nodes) => ({ ...nodes, before: old.get(nodes.name) ?? 0 }))
    .filter(({ now, before }) => now < before);
}

export const quorum = rule({
  id: 'quorum',
  severity: 'warning',
  what: 'Elasticsearch has an even number of nodes.',
  why: 'They elect a master by majority: of four nodes three must agree, so the fourth costs memory and tolerates no more failures than three do; of two, both must be up.',
  remedy: 'Use 1, 3 or 5 nodes.',
  link: 'https://www.elastic.co/docs/deploy-manage/distributed-architecture/discovery-cluster-formation/modules-discovery-quorums',
  find: ({ manifests, committed = [] }) => {
    const shrunk = removed(committed, manifests).map(({ name }) => name);
    return nodesIn(manifests)
      .filter(({ now }) => now % 2 === 0)
      .map(({ name, now: value }) => ({
        where: `${name} spec.replicas`,
        value,
        wrong: 'is even, and masters are elected by majority',
        remedy: `Use ${value > 0 && !shrunk.includes(name) ? `${value - 1} or ` : ''}${value + 1}`,
      }));
  },
});
