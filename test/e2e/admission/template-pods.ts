import { workloads } from '../../../checker/manifests/workloads';
import type { Manifest } from '../../manifest';

/** A pod from each template: Pod Security is enforced on pods only, and accepts Deployments whose pods it would refuse. */
export const podsOf = (manifests: readonly Manifest[], namespace: string) =>
  workloads(manifests).map(({ name, labels, annotations, pod, manifest }) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: name.toLowerCase().replace('/', '-'), namespace, labels, annotations },
    spec: { ...pod, volumes: [...(pod.volumes ?? []), ...claimsOf(manifest)] },
  }));

/** What a StatefulSet adds to the volumes of its pods. */
const claimsOf = ({ metadata, spec }: Manifest) =>
  (spec.volumeClaimTemplates ?? []).map((claim: Manifest) => ({
    name: claim.metadata.name,
    persistentVolumeClaim: { claimName: `${claim.metadata.name}-${metadata.name}-0` },
  }));
