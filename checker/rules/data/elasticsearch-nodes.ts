import type { Manifest } from '../../manifests/manifest';
import { containers, ofKind, workloads } from '../../manifests/workloads';
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
    if (before === undefined || now?.value === before.value) return undefined;
    if (now === undefined) {
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

export const quorum = rule({
  id: 'quorum',
  severity: 'warning',
  what: 'Elasticsearch has an even number of nodes.',
  why: 'They elect a master by majority: of four nodes three must agree, so the fourth costs memory and tolerates no more failures than three do; of two, both must be up.',
  remedy: 'Use 1, 3 or 5 nodes.',
  link: 'https://www.elastic.co/docs/deploy-manage/distributed-architecture/discovery-cluster-formation/modules-discovery-quorums',
  find: ({ manifests }) =>
    workloads(manifests)
      .filter(
        (workload) => workload.manifest.kind === 'StatefulSet' && componentOf(workload) === 'elasticsearch',
      )
      .map(({ name, manifest }) => {
        const value = manifest.spec?.replicas ?? 1;
        const wrong = 'is even, and masters are elected by majority';
        const remedy = `Use ${value - 1 > 0 ? `${value - 1} or ` : ''}${value + 1}`;
        return value % 2 === 0 && { where: `${name} spec.replicas`, value, wrong, remedy };
      }),
});
