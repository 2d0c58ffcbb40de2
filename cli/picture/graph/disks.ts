import type { ClaimSpec } from '../../../checker/manifests/kubernetes';
import type { Manifest } from '../../../checker/manifests/manifest';
import { namespaceOf } from '../../../checker/manifests/selected';
import { ofKind, type Workload, workloads } from '../../../checker/manifests/workloads';
import { type Fact, fact } from './graph';

/** The claims of a workload's pods, with their sizes: those that each pod gets for itself, and those that it shares. */
export const disksOf = (manifests: readonly Manifest[], workload: Workload): Fact[] => [
  ...(workload.manifest.spec?.volumeClaimTemplates ?? []).map(({ metadata, spec }) => {
    const pods = workload.manifest.spec?.replicas ?? 1;
    return fact(`disk ${metadata?.name}`, `${pods === 1 ? 'a disk' : `${pods} disks`} of ${sizeOf(spec)}`);
  }),
  ...claimsOf(workload).map((name) => {
    const claim = ofKind(manifests, 'PersistentVolumeClaim').find(
      (one) => one.metadata.name === name && namespaceOf(one) === namespaceOf(workload.manifest),
    );
    const shared = workloads(manifests).filter((other) => claimsOf(other).includes(name)).length > 1;
    const disk = shared ? `the shared disk ${name}` : 'a disk';
    return fact(`disk ${name}`, `${disk} of ${sizeOf(claim?.spec)}`);
  }),
];

const claimsOf = ({ pod }: Workload): string[] =>
  (pod.volumes ?? []).flatMap(({ persistentVolumeClaim: claim }) => claim?.claimName ?? []);

const sizeOf = (claim: ClaimSpec | undefined): string =>
  String(claim?.resources?.requests?.storage ?? 'unknown size');
