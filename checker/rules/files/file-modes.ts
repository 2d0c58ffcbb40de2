import { sourcesOf } from '../../analysis/volume-sources';
import type { ContainerSpec, PodSpec, Volume } from '../../manifests/kubernetes';
import { containers, type Workload, workloads } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';

export const fileModes = rule({
  id: 'file-modes',
  what: 'Files of a Secret or a ConfigMap are mounted with a mode in which the program cannot read them.',
  why: 'They belong to root. YAML reads 0440 as octal and JSON has no octal numbers, so that a mode easily means something else; the pod starts, and the program reports "permission denied".',
  remedy: 'Use 0440 (288) where the pod has an fsGroup, and 0444 (292) otherwise.',
  link: 'https://kubernetes.io/docs/concepts/configuration/secret/#secret-files-permissions',
  find: ({ manifests }) =>
    workloads(manifests).flatMap((workload) =>
      (workload.pod.volumes ?? []).flatMap((volume) =>
        modesOf(volume).flatMap(({ path, mode }) => unreadable(path, mode, volume.name ?? '', workload)),
      ),
    ),
});

interface Mode {
  readonly path: string;
  readonly mode: number;
}

/** The modes that a volume sets; by default every user may read. */
function modesOf(volume: Volume): Mode[] {
  const whole = { path: 'projected', defaultMode: volume.projected?.defaultMode, items: [] };
  return [...sourcesOf(volume), whole]
    .flatMap(({ path, defaultMode, items = [] }) => [
      { path: `${path}.defaultMode`, mode: defaultMode },
      ...items.map(({ key, mode }) => ({ path: `${path}.items[${key}].mode`, mode })),
    ])
    .flatMap(({ path, mode }) => (typeof mode === 'number' ? { path, mode } : []));
}

const READ = { all: 0o444, group: 0o040, others: 0o004 };

function unreadable(path: string, mode: number, volume: string, workload: Workload): Finding[] {
  const where = `${workload.podPath}.volumes[${volume}].${path}`;
  const remedy = 'Use 288 (0440) with an fsGroup, or 292 (0444)';
  // The kubelet adds 0440 where there is an fsGroup; a mode that no user may read is a mistake all the same.
  if ((mode & READ.all) === 0) return [{ where, value: mode, wrong: 'makes the files unreadable', remedy }];
  const reader = containers(workload).find(
    ({ spec }) =>
      (spec.volumeMounts ?? []).some(({ name }) => name === volume) &&
      !mayRead(mode, workload.pod.securityContext, spec.securityContext),
  );
  if (!reader) return [];
  const wrong = `does not let the user of container ${reader.spec.name} read the files, which belong to root`;
  return [{ where, value: mode, wrong, remedy }];
}

function mayRead(
  mode: number,
  ofPod: PodSpec['securityContext'],
  ofContainer: ContainerSpec['securityContext'],
): boolean {
  const { runAsUser, runAsGroup = 0, fsGroup, supplementalGroups = [] } = { ...ofPod, ...ofContainer };
  // The user of an image is not in the manifests.
  if (fsGroup !== undefined || runAsUser === undefined || runAsUser === 0) return true;
  const inGroup = [runAsGroup, ...supplementalGroups].includes(0);
  return (mode & READ.others) !== 0 || (inGroup && (mode & READ.group) !== 0);
}
