import { useOneOf } from '../../../formats/nearest';
import { has, type Mount, views } from '../../analysis/container-mounts';
import { sourcesOf } from '../../analysis/volume-sources';
import type { ContainerSpec, PodSpec, Volume } from '../../manifests/kubernetes';
import { containers, type Workload, workloads } from '../../manifests/workloads';
import { type Findings, rule } from '../../rule';

export const mountPaths = rule({
  id: 'mounts',
  what: 'Two volumes or files are mounted at one path, a file inside a volume that is read-only, or a part that the volume does not have.',
  why: 'The container does not start: its mount point is taken, or cannot be created.',
  remedy: 'Give each volume a directory of its own, or put their files together in one projected volume.',
  link: 'https://kubernetes.io/docs/concepts/storage/projected-volumes/',
  find: (subject) =>
    views(subject).map(({ mounts }) =>
      mounts.map((mount, i) => [
        taken(mount, mounts.slice(0, i)),
        inside(mount, mounts),
        withoutPart(mount),
        twice(mount),
      ]),
    ),
});

const taken = ({ where, path }: Mount, before: readonly Mount[]): Findings =>
  before
    .filter((other) => other.path === path)
    .map((other) => ({
      where,
      value: path || '/',
      wrong: `is where the volume ${other.volume} is mounted already`,
      remedy: 'Use another path, or put both into one projected volume',
    }));

/**
 * In a volume that Kubernetes fills it creates folders to mount on, but no files, and none in a part of the volume.
 * @see https://github.com/kubernetes/kubernetes/blob/master/pkg/volume/util/nested_volumes.go
 */
const inside = (mount: Mount, all: readonly Mount[]): Findings =>
  all
    .filter(({ files, path }) => files && mount.path.startsWith(`${path}/`))
    .filter(({ files = [], path, subPath }) => {
      const wanted = [subPath, mount.path.slice(path.length + 1)].filter(Boolean).join('/');
      return (isFile(mount) || subPath !== undefined) && !has(files, wanted);
    })
    .map(({ volume }) => ({
      where: mount.where,
      value: mount.path,
      wrong: `is inside the volume ${volume}, in which ${isFile(mount) ? 'no file' : 'nothing'} can be created`,
      remedy: 'Mount it beside that volume, or put both into one projected volume',
    }));

const isFile = ({ files, subPath }: Mount): boolean =>
  subPath !== undefined && files?.includes(subPath) === true;

const withoutPart = ({ where, volume, files, subPath }: Mount): Findings =>
  files !== undefined &&
  subPath !== undefined &&
  !has(files, subPath) && {
    where: `${where}.subPath`,
    value: subPath,
    wrong: `is not in the volume ${volume}`,
    remedy: useOneOf(files, 'none, the volume is empty'),
  };

const twice = ({ where, volume, files = [] }: Mount): Findings =>
  files
    .filter((file, i) => files.indexOf(file) < i)
    .map((file) => ({
      where,
      value: file,
      wrong: `is in the volume ${volume} twice`,
      remedy: 'Give one of them another path',
    }));

export const fileModes = rule({
  id: 'file-modes',
  what: 'Files of a Secret or a ConfigMap are mounted with a mode in which the program cannot read them.',
  why: 'They belong to root. YAML reads 0440 as octal and JSON has no octal numbers, so that a mode easily means something else; the pod starts, and the program reports "permission denied".',
  remedy: 'Use 0440 (288) where the pod has an fsGroup, and 0444 (292) otherwise.',
  link: 'https://kubernetes.io/docs/concepts/configuration/secret/#secret-files-permissions',
  find: ({ manifests }) =>
    workloads(manifests).map((workload) =>
      (workload.pod.volumes ?? []).map((volume) =>
        modesOf(volume).map(([path, mode]) => unreadable(path, mode, volume.name ?? '', workload)),
      ),
    ),
});

/** The modes that a volume sets; by default every user may read. */
const modesOf = (volume: Volume): [path: string, mode: number | undefined][] => [
  ...sourcesOf(volume).flatMap(({ path, defaultMode, items = [] }): [string, number | undefined][] => [
    [`${path}.defaultMode`, defaultMode],
    ...items.map(({ key, mode }): [string, number | undefined] => [`${path}.items[${key}].mode`, mode]),
  ]),
  ['projected.defaultMode', volume.projected?.defaultMode],
];

const READ = { all: 0o444, group: 0o040, others: 0o004 };

function unreadable(path: string, mode: number | undefined, volume: string, workload: Workload): Findings {
  if (typeof mode !== 'number') return undefined;
  const where = `${workload.podPath}.volumes[${volume}].${path}`;
  const remedy = 'Use 288 (0440) with an fsGroup, or 292 (0444)';
  // The kubelet adds 0440 where there is an fsGroup; a mode that no user may read is a mistake all the same.
  if ((mode & READ.all) === 0) return { where, value: mode, wrong: 'makes the files unreadable', remedy };
  const reader = containers(workload).find(
    ({ spec }) =>
      (spec.volumeMounts ?? []).some(({ name }) => name === volume) &&
      !mayRead(mode, { ...workload.pod.securityContext, ...spec.securityContext }),
  );
  if (!reader) return undefined;
  const wrong = `does not let the user of container ${reader.spec.name} read the files, which belong to root`;
  return { where, value: mode, wrong, remedy };
}

type Identity = NonNullable<PodSpec['securityContext'] & ContainerSpec['securityContext']>;

function mayRead(
  mode: number,
  { runAsUser, runAsGroup = 0, fsGroup, supplementalGroups = [] }: Identity,
): boolean {
  // The user of an image is not in the manifests.
  if (fsGroup !== undefined || runAsUser === undefined || runAsUser === 0) return true;
  const inGroup = [runAsGroup, ...supplementalGroups].includes(0);
  return (mode & READ.others) !== 0 || (inGroup && (mode & READ.group) !== 0);
}
