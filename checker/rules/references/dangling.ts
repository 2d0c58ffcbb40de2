import { didYouMean } from '../../../formats/nearest';
import { inventory, resolve } from '../../manifests/inventory';
import { type Reference, references } from '../../manifests/references';
import { containers, type Workload, workloads } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';
import type { Subject } from '../../subject';

export const dangling = rule({
  id: 'dangling',
  what: 'An object names something that does not exist.',
  why: 'Kubernetes accepts it and waits: a pod with a missing Secret stays in CreateContainerConfigError forever.',
  remedy: 'Correct the name, or emit what is missing; an object in another namespace is not found.',
  link: 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/',
  find: (subject) => {
    const { manifests, externalSecrets } = subject;
    const known = inventory(subject);
    const namespaces = new Set(manifests.map(({ metadata }) => metadata.namespace));
    // Only in the namespaces of these manifests is known what exists; kube-system has more than is emitted.
    const foreign = ({ namespace }: Reference) =>
      namespace !== undefined && (!namespaces.has(namespace) || /^kube-/.test(namespace));
    return [
      ...references(manifests).flatMap((reference) => {
        const target = resolve(reference, known);
        if (foreign(reference)) return [];
        if (reference.optional) return expected(reference, externalSecrets);
        if (target) return missingKey(reference, target.keys);
        if (ELSEWHERE.test(reference.kind)) return [];
        // For other manifests it is not known which Secrets are in the cluster.
        return reference.kind === 'Secret' && !externalSecrets ? [] : [missing(reference, known)];
      }),
      ...workloads(manifests).flatMap(missingVolumes),
    ];
  },
});

/** Kinds of the cluster, or created in it by users and controllers: whether they exist is not known. */
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
  return {
    where,
    value: name,
    wrong,
    remedy: `${didYouMean(name, namesOf(kind, known))}Correct the name${expect}`,
  };
}

const namesOf = (kind: string, known: ReturnType<typeof inventory>): string[] =>
  [...known.keys()].flatMap((id) => (id.startsWith(`${kind}/`) ? id.slice(kind.length + 1) : []));

function missingKey({ where, kind, name, key }: Reference, keys?: readonly string[]): Finding[] {
  if (!keys || key === undefined || keys.includes(key)) return [];
  const remedy =
    keys.length > 0
      ? `${didYouMean(key, keys)}Use one of: ${keys.join(', ')}`
      : 'Put the key into it: it is empty';
  return [{ where, value: key, wrong: `is not a key of ${kind}/${name}`, remedy }];
}

/** An optional object may be missing; but a Secret that is expected in the cluster has the known keys only. */
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
        remedy: `${didYouMean(name, volumes)}Use one of: ${[...volumes].join(', ') || 'none, the pod has no volumes'}`,
      })),
  );
}

/** Volumes of the pod, and those that a StatefulSet makes for each pod. */
export const volumeNames = ({ pod, manifest }: Pick<Workload, 'pod' | 'manifest'>): string[] => [
  ...(pod.volumes ?? []).flatMap(({ name }) => name ?? []),
  ...(manifest.spec?.volumeClaimTemplates ?? []).flatMap(({ metadata }) => metadata?.name ?? []),
];
