import { inventory, resolve } from '../../manifests/inventory';
import { type Reference, references } from '../../manifests/references';
import { containers, type Workload, workloads } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';
import type { Subject } from '../../subject';

export const dangling = rule({
  id: 'dangling',
  what: 'An object names something that does not exist.',
  why: 'Kubernetes accepts it and waits: a pod with a missing Secret stays in CreateContainerConfigError for ever.',
  remedy: 'Correct the name, or emit what is missing; an object in another namespace is not found.',
  link: 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/',
  find: (subject) => {
    const { manifests, externalSecrets } = subject;
    const known = inventory(subject);
    const namespaces = new Set(manifests.map(({ metadata }) => metadata.namespace));
    // A namespace that nothing here is in is somebody else's; in the cluster's own there is more than what is emitted.
    const foreign = ({ namespace }: Reference) =>
      namespace !== undefined && (!namespaces.has(namespace) || /^kube-/.test(namespace));
    return [
      ...references(manifests).flatMap((reference) => {
        const target = resolve(reference, known);
        if (foreign(reference)) return [];
        if (reference.optional) return expected(reference, externalSecrets);
        if (target) return missingKey(reference, target.keys);
        if (ELSEWHERE.test(reference.kind)) return [];
        // Of somebody else's folder nobody knows which Secrets are in the cluster.
        return reference.kind === 'Secret' && !externalSecrets ? [] : [missing(reference, known)];
      }),
      ...workloads(manifests).flatMap(missingVolumes),
    ];
  },
});

/** What belongs to the cluster, or is made in it by people and controllers: nobody here can know whether it exists. */
const ELSEWHERE =
  /Cluster|^(Group|GatewayClass|IngressClass|Node|PersistentVolume|PriorityClass|RuntimeClass|StorageClass|User|VolumeSnapshot)$/;

function missing({ where, kind, name }: Reference, known: ReturnType<typeof inventory>): Finding {
  const [namesake] = known.get(`${kind}/${name}`) ?? [];
  const wrong = `names ${/^[AEIOU]/.test(kind) ? 'an' : 'a'} ${kind} that does not exist`;
  if (namesake) {
    const remedy = `Emit one there too: only objects of the same namespace are found, and this one is in ${namesake.namespace}`;
    return { where, value: name, wrong: `${wrong} in this namespace`, remedy };
  }
  const expect =
    kind === 'Secret'
      ? ', emit the object, or list the Secret among those expected in the cluster'
      : ', or emit the object';
  return { where, value: name, wrong, remedy: `Correct the name${expect}` };
}

function missingKey({ where, kind, name, key }: Reference, keys?: readonly string[]): Finding[] {
  if (!keys || key === undefined || keys.includes(key)) return [];
  const remedy = keys.length > 0 ? `Use one of: ${keys.join(', ')}` : 'Put the key into it: it is empty';
  return [{ where, value: key, wrong: `is not a key of ${kind}/${name}`, remedy }];
}

/** What is optional may be missing; but a Secret that somebody puts there gets the keys that are known, and no other. */
const expected = (reference: Reference, secrets: Subject['externalSecrets']): Finding[] =>
  reference.kind === 'Secret' && secrets ? missingKey(reference, secrets[reference.name] ?? []) : [];

function missingVolumes(workload: Workload): Finding[] {
  const volumes = new Set(volumeNames(workload));
  return containers(workload).flatMap(({ path, spec }) =>
    [...(spec.volumeMounts ?? []), ...(spec.volumeDevices ?? [])]
      .filter(({ name }) => !volumes.has(name ?? ''))
      .map(({ name }) => ({
        where: `${path}.volumeMounts[${name}]`,
        value: name,
        wrong: 'is a volume that the pod does not have',
        remedy: `Use one of: ${[...volumes].join(', ') || 'none, the pod has no volumes'}`,
      })),
  );
}

/** Volumes of the pod, and those that a StatefulSet makes for each pod. */
export const volumeNames = ({ pod, manifest }: Pick<Workload, 'pod' | 'manifest'>): string[] => [
  ...(pod.volumes ?? []).flatMap(({ name }) => name ?? []),
  ...(manifest.spec?.volumeClaimTemplates ?? []).flatMap(({ metadata }) => metadata?.name ?? []),
];
