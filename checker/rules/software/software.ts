import type { Needs } from '../../analysis/needs';
import type { Json, Manifest } from '../../manifests/manifest';
import { type Container, containers, ofKind, type Workload, workloads } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { componentOf } from '../../reachability/matrix';
import { rule } from '../../rule';

export const software = rule({
  id: 'software',
  what: 'A container lacks a setting, a directory or a port that its program needs.',
  why: 'Only the running program would say so. And an image with a VOLUME line gets an anonymous directory where a mount is misspelt: it works, and its data is gone with the pod.',
  remedy:
    'Give it the setting, or mount the volume; if the program has changed, change checker/rules/software/software-needs/.',
  link: 'https://docs.docker.com/reference/dockerfile/#volume',
  needs: ['software'],
  find: ({ manifests, software }) => {
    const maps = new Map(ofKind(manifests, 'ConfigMap').map((map) => [map.metadata.name, map.data ?? {}]));
    return workloads(manifests).flatMap((workload) => {
      const component = software[componentOf(workload)] ?? {};
      const names = containers(workload).map(({ spec }) => spec.name);
      return containers(workload).flatMap((container) =>
        allNeeds(component[container.spec.name], names, workload).flatMap((needs) => [
          ...settings(container, needs, maps),
          ...directories(container, needs, workload),
          ...ports(container, needs),
        ]),
      );
    });
  },
});

/** What a container needs, and what it needs besides in this pod. */
const allNeeds = (needs: Needs | undefined, names: readonly string[], workload: Workload): Needs[] =>
  needs
    ? [
        needs,
        ...Object.entries(needs.beside ?? {}).flatMap(([name, more]) => (names.includes(name) ? [more] : [])),
        ...(needs.withCertificates && hasCertificates(workload) ? [needs.withCertificates] : []),
        ...(needs.withPassingKeys && hasPassingKeys(workload) ? [needs.withPassingKeys] : []),
      ]
    : [];

/** A volume of a whole Secret, or the certificate of an authority from one: passwords come by their key. */
const hasCertificates = ({ pod }: Workload): boolean =>
  (pod.volumes ?? []).some(
    ({ secret, projected }: Json) =>
      secret !== undefined ||
      (projected?.sources ?? []).some(({ secret }: Json) =>
        secret?.items?.some(({ key }: Json) => key === 'ca.crt'),
      ),
  );

/** A key of a Secret that need not be there. */
const hasPassingKeys = ({ pod }: Workload): boolean =>
  (pod.volumes ?? []).some(({ projected }: Json) =>
    (projected?.sources ?? []).some(({ secret }: Json) => secret?.optional === true),
  );

function settings({ path, spec }: Container, needs: Needs, maps: ReadonlyMap<string, object>): Finding[] {
  const given = new Set([
    ...(spec.env ?? []).map(({ name }: Json) => name),
    ...(spec.envFrom ?? []).flatMap(({ configMapRef }: Json) =>
      Object.keys(maps.get(configMapRef?.name) ?? {}),
    ),
  ]);
  return (needs.settings ?? [])
    .filter((name) => !given.has(name))
    .map((name) => ({
      where: `${path}.env[${name}]`,
      wrong: 'is missing, and the program needs it',
      remedy: 'Set it, in the container or in the ConfigMap that it takes its variables from',
    }));
}

function ports({ path, spec }: Container, { listens = [] }: Needs): Finding[] {
  const declared = (spec.ports ?? []).map(({ containerPort }: Json) => containerPort);
  return listens
    .filter((port) => !declared.includes(port))
    .map((port) => ({
      where: `${path}.ports`,
      value: port,
      wrong: 'is where the program listens, and is not declared',
      remedy:
        'Declare it, or change checker/rules/software/software-needs/ if the program listens elsewhere now',
    }));
}

const WRITABLE = ['emptyDir', 'ephemeral', 'persistentVolumeClaim', 'claim'];
const PERSISTENT = ['persistentVolumeClaim', 'claim'];
const FILES = ['configMap', 'projected', 'secret'];

function directories({ path, spec }: Container, needs: Needs, workload: Workload): Finding[] {
  const kinds = new Map(volumeKinds(workload));
  const missing = (directory: string, wanted: readonly string[], wrong: string): Finding[] => {
    const mount = (spec.volumeMounts ?? []).find(({ mountPath }: Json) => mountPath === directory);
    const locked = mount?.readOnly === true && wanted === WRITABLE;
    if (mount && !locked && wanted.includes(kinds.get(mount.name) ?? '')) return [];
    return [
      {
        where: `${path}.volumeMounts`,
        value: directory,
        wrong,
        remedy: `Mount a volume there, ${wanted.filter((kind) => kind !== 'claim').join(' or ')}`,
      },
    ];
  };
  const lost = (needs.kept ?? []).flatMap((d) =>
    missing(d, PERSISTENT, 'is not on a volume that outlives the pod'),
  );
  const written = (needs.written ?? []).filter((d) => !lost.some(({ value }) => value === d));
  return [
    ...lost,
    ...written.flatMap((d) => missing(d, WRITABLE, 'cannot be written to')),
    ...(needs.read ?? []).flatMap((d) => missing(d, FILES, 'has not the files that the program reads')),
  ];
}

/** Volumes and what they are; `claim` stands for one that a StatefulSet makes for each pod. */
const volumeKinds = ({ pod, manifest }: { pod: Json; manifest: Manifest }): [string, string][] => [
  ...(pod.volumes ?? []).map(({ name, ...source }: Json): [string, string] => [
    name,
    Object.keys(source)[0] ?? '',
  ]),
  ...(manifest.spec?.volumeClaimTemplates ?? []).map(({ metadata }: Json): [string, string] => [
    metadata?.name,
    'claim',
  ]),
];
