import { containers, workloads } from '../../manifests/workloads';
import { rule } from '../../rule';

export const subPath = rule({
  id: 'sub-path',
  what: 'A part of a volume is mounted.',
  why: 'Links in the volume have led out of it more than once, onto the node (CVE-2021-25741); and a single file of a ConfigMap or Secret never changes again until the pod does.',
  remedy:
    'Mount the whole volume into a directory of its own, or put the parts together in a projected volume.',
  link: 'https://kubernetes.io/docs/concepts/storage/volumes/#using-subpath',
  find: ({ manifests }) =>
    workloads(manifests)
      .flatMap(containers)
      .flatMap(({ path, spec }) =>
        (spec.volumeMounts ?? []).flatMap((mount) =>
          (['subPath', 'subPathExpr'] as const)
            .filter((field) => mount[field])
            .map((field) => ({
              where: `${path}.volumeMounts[${mount.mountPath}].${field}`,
              value: mount[field],
              wrong: 'mounts a part of a volume',
              remedy: 'Mount the whole volume into a directory of its own',
            })),
        ),
      ),
});
