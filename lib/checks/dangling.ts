import type { Finding, Manifest } from './check';
import { configMapKeys, type Keys, type Reference, references, secretKeys } from './references';
import { rule } from './rule';
import { containers, type Json, nameOf, type Workload, workloads } from './workloads';

export const dangling = rule({
  id: 'dangling',
  what: 'An object names something that does not exist.',
  why: 'Kubernetes accepts it and waits: a pod with a missing Secret stays in CreateContainerConfigError for ever.',
  remedy: 'Correct the name, or emit what is missing.',
  link: 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/',
  find: ({ manifests, externalSecrets }) => {
    const objects = new Set(manifests.map(nameOf));
    const maps = configMapKeys(manifests);
    const secrets: Keys = new Map([...Object.entries(externalSecrets ?? {}), ...secretKeys(manifests)]);
    return [
      ...references(manifests).flatMap((reference) => {
        if (reference.optional) return [];
        if (reference.kind === 'ConfigMap') return missingKey(reference, maps);
        if (reference.kind === 'Secret') {
          // Of somebody else's folder nobody knows which Secrets are in the cluster.
          return externalSecrets || secrets.has(reference.name) ? missingKey(reference, secrets) : [];
        }
        // Every namespace has this one; whether a pod may use it is another wrong.
        const exists =
          objects.has(`${reference.kind}/${reference.name}`) ||
          (reference.kind === 'ServiceAccount' && reference.name === 'default');
        return exists ? [] : missing(reference);
      }),
      ...workloads(manifests).flatMap(missingVolumes),
    ];
  },
});

const missing = ({ where, kind, name }: Reference): Finding => ({
  where,
  value: name,
  wrong: `names ${/^[AEIOU]/.test(kind) ? 'an' : 'a'} ${kind} that does not exist`,
  remedy: 'Correct the name, or emit the object',
});

function missingKey(reference: Reference, known: Keys): Finding[] {
  if (!known.has(reference.name)) {
    const remedy =
      reference.kind === 'Secret'
        ? 'Correct the name, emit the object, or list the Secret among those expected in the cluster'
        : 'Correct the name, or emit the object';
    return [{ ...missing(reference), remedy }];
  }
  const keys = known.get(reference.name);
  if (!keys || reference.key === undefined || keys.includes(reference.key)) return [];
  return [
    {
      where: reference.where,
      value: reference.key,
      wrong: `is not a key of ${reference.kind}/${reference.name}`,
      remedy: keys.length > 0 ? `Use one of: ${keys.join(', ')}` : 'Put the key into it: it is empty',
    },
  ];
}

function missingVolumes(workload: Workload): Finding[] {
  const volumes = new Set(volumeNames(workload));
  return containers(workload).flatMap(({ path, spec }) =>
    [...(spec.volumeMounts ?? []), ...(spec.volumeDevices ?? [])]
      .filter(({ name }: Json) => !volumes.has(name))
      .map(({ name }: Json) => ({
        where: `${path}.volumeMounts[${name}]`,
        value: name,
        wrong: 'is a volume that the pod does not have',
        remedy: `Use one of: ${[...volumes].join(', ') || 'none, the pod has no volumes'}`,
      })),
  );
}

/** Volumes of the pod, and those that a StatefulSet makes for each pod. */
export const volumeNames = ({ pod, manifest }: { pod: Json; manifest: Manifest }): string[] => [
  ...(pod.volumes ?? []).map(({ name }: Json) => name),
  ...(manifest.spec?.volumeClaimTemplates ?? []).map(({ metadata }: Json) => metadata?.name),
];
