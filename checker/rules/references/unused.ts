import { grouped } from '../../manifests/grouped';
import { type Existing, inventory, sameNamespace } from '../../manifests/inventory';
import { type Reference, references } from '../../manifests/references';
import { containers, type Workload, workloads } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';
import { volumeNames } from './dangling';

export const unused = rule({
  id: 'unused',
  what: 'An object is emitted, or expected in the cluster, and not used.',
  why: 'An unused Secret is an unnecessary risk, and more often the sign of a program that reads another one by mistake.',
  remedy: 'Let something refer to it, or remove it.',
  link: 'https://kubernetes.io/docs/concepts/configuration/secret/',
  find: (subject) => {
    const uses = grouped(
      references(subject.manifests).map((reference) => [`${reference.kind}/${reference.name}`, reference]),
    );
    return [
      ...[...inventory(subject)].flatMap(([id, all]) =>
        all.flatMap((existing) =>
          unreferenced(
            existing,
            (uses.get(id) ?? []).filter(({ namespace }) => sameNamespace(namespace, existing.namespace)),
          ),
        ),
      ),
      ...workloads(subject.manifests).flatMap(unmounted),
    ];
  },
});

/** Kinds that do nothing by themselves. What belongs to the cluster may be used by others. */
const PASSIVE = [
  'ConfigMap',
  'Issuer',
  'PersistentVolumeClaim',
  'ResourceClaimTemplate',
  'Role',
  'Secret',
  'SecretProviderClass',
  'SecretStore',
  'ServiceAccount',
];

function unreferenced(existing: Existing, uses: readonly Reference[]): Finding[] {
  const { kind, name, declared, keys, fixedKeys } = existing;
  // Every namespace has an account named default; emitting it changes that one.
  if (declared === undefined || !PASSIVE.includes(kind) || `${kind}/${name}` === 'ServiceAccount/default')
    return [];
  const remedy = 'Let something refer to it, or remove it';
  if (uses.length === 0) {
    const value = declared.startsWith(`${kind}/`) ? undefined : name;
    return [{ where: declared, value, wrong: 'is not used', remedy }];
  }
  if (fixedKeys || uses.some(({ key }) => key === undefined)) return [];
  return (keys ?? [])
    .filter((key) => !uses.some((use) => use.key === key))
    .map((key) => ({
      where: declared,
      value: key,
      wrong: `is a key of ${kind}/${name} that is not used`,
      remedy,
    }));
}

function unmounted(workload: Workload): Finding[] {
  const mounted = new Set(
    containers(workload).flatMap(({ spec }) =>
      [...(spec.volumeMounts ?? []), ...(spec.volumeDevices ?? [])].map(({ name }) => name),
    ),
  );
  return volumeNames(workload)
    .filter((name) => !mounted.has(name))
    .map((name) => ({
      where: `${workload.podPath}.volumes[${name}]`,
      value: name,
      wrong: 'is a volume that no container mounts',
      remedy: 'Mount it, or remove it',
    }));
}
