import { has, type Mount, mounts } from '../../analysis/container-mounts';
import { containers, workloads } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';

export const mountPaths = rule({
  id: 'mounts',
  what: 'Two volumes or files are mounted at one path, a file inside a volume that is read-only, or a part that the volume does not have.',
  why: 'The container does not start: its mount point is taken, or cannot be created.',
  remedy: 'Give each volume a directory of its own, or put their files together in one projected volume.',
  link: 'https://kubernetes.io/docs/concepts/storage/projected-volumes/',
  find: (subject) =>
    workloads(subject.manifests).flatMap((workload) =>
      containers(workload).flatMap((container) => {
        const all = mounts(container, workload, subject);
        return all.flatMap((mount, i) => [
          ...taken(mount, all.slice(0, i)),
          ...inside(mount, all),
          ...withoutPart(mount),
          ...twice(mount),
        ]);
      }),
    ),
});

const taken = ({ where, path }: Mount, before: readonly Mount[]): Finding[] =>
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
const inside = (mount: Mount, all: readonly Mount[]): Finding[] =>
  all
    .filter((outer) => outer.files && mount.path.startsWith(`${outer.path}/`))
    .filter((outer) => isFile(mount) || outer.subPath !== undefined)
    .filter(
      (outer) =>
        !has(
          outer.files ?? [],
          [outer.subPath, mount.path.slice(outer.path.length + 1)].filter(Boolean).join('/'),
        ),
    )
    .map((outer) => ({
      where: mount.where,
      value: mount.path,
      wrong: `is inside the volume ${outer.volume}, in which ${isFile(mount) ? 'no file' : 'nothing'} can be created`,
      remedy: 'Mount it beside that volume, or put both into one projected volume',
    }));

const isFile = ({ files, subPath }: Mount): boolean =>
  subPath !== undefined && files?.includes(subPath) === true;

const withoutPart = ({ where, volume, files, subPath }: Mount): Finding[] =>
  !files || subPath === undefined || has(files, subPath)
    ? []
    : [
        {
          where: `${where}.subPath`,
          value: subPath,
          wrong: `is not in the volume ${volume}`,
          remedy: `Use one of: ${files.join(', ') || 'none, the volume is empty'}`,
        },
      ];

const twice = ({ where, volume, files = [] }: Mount): Finding[] =>
  files
    .filter((file, i) => files.indexOf(file) < i)
    .map((file) => ({
      where,
      value: file,
      wrong: `is in the volume ${volume} twice`,
      remedy: 'Give one of them another path',
    }));
