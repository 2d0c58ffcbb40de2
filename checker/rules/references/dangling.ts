import { didYouMean, useOneOf } from '../../../formats/nearest';
import { mayCreate, mayUse, mentions } from '../../analysis/mentions';
import { grouped } from '../../manifests/grouped';
import { type Existing, type Inventory, inventory, resolve, sameNamespace } from '../../manifests/inventory';
import { mayHaveOthers } from '../../manifests/namespaces';
import { type Reference, references } from '../../manifests/references';
import { type Container, containers, type Workload, workloads } from '../../manifests/workloads';
import { type Findings, rule } from '../../rule';
import type { Subject } from '../../subject';

export const dangling = rule({
  id: 'dangling',
  what: 'An object names something that does not exist.',
  why: 'Kubernetes accepts it and waits: a pod with a missing Secret stays in CreateContainerConfigError forever.',
  remedy: 'Correct the name, or emit what is missing; an object in another namespace is not found.',
  link: 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/',
  acrossNamespaces: true,
  find: (subject) => {
    const { manifests, externalSecrets, own } = subject;
    const known = inventory(subject);
    const namespaces = new Set(manifests.map(({ metadata }) => metadata.namespace));
    // Only in the namespaces of these manifests is known what exists; kube-system has more than is emitted.
    const foreign = ({ namespace }: Reference) =>
      namespace !== undefined && (!namespaces.has(namespace) || /^kube-/.test(namespace));
    return [
      references(manifests).map((reference) => {
        const target = resolve(reference, known);
        if (foreign(reference)) return undefined;
        if (reference.optional) return expected(reference, externalSecrets);
        if (target) return missingKey(reference, target.keys);
        // For other manifests it is not known which Secrets are in the cluster, and what programs create.
        const isElsewhere =
          ELSEWHERE.test(reference.kind) ||
          (reference.kind === 'Secret' && !externalSecrets) ||
          (!own && (mayCreate(manifests, reference.kind) || noneOf(reference, known))) ||
          mayHaveOthers(manifests, reference.namespace);
        return !isElsewhere && missing(reference, known);
      }),
      workloads(manifests).map(missingVolumes),
    ];
  },
});

/** Kinds of the cluster, or created in it by users and controllers: whether they exist is not known. */
const ELSEWHERE =
  /Cluster|^(Group|GatewayClass|IngressClass|Node|PersistentVolume|PriorityClass|RuntimeClass|StorageClass|User|VolumeSnapshot)$/;

/** A folder of others may leave all of a namespace's to another folder. */
const noneOf = ({ kind, namespace }: Reference, known: Inventory): boolean =>
  kind === 'Middleware' &&
  ![...known.values()].flat().some((one) => one.kind === kind && sameNamespace(one.namespace, namespace));

function missing({ where, kind, name }: Reference, known: Inventory): Findings {
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

const namesOf = (kind: string, known: Inventory): string[] =>
  [...known.keys()].flatMap((id) => (id.startsWith(`${kind}/`) ? id.slice(kind.length + 1) : []));

function missingKey({ where, kind, name, key }: Reference, keys?: readonly string[]): Findings {
  if (!keys || key === undefined || keys.includes(key)) return undefined;
  const remedy =
    keys.length > 0 ? `${didYouMean(key, keys)}${useOneOf(keys)}` : 'Put the key into it: it is empty';
  return { where, value: key, wrong: `is not a key of ${kind}/${name}`, remedy };
}

/** An optional object may be missing; but a Secret that is expected in the cluster has the known keys only. */
const expected = (reference: Reference, secrets: Subject['externalSecrets']): Findings =>
  reference.kind === 'Secret' &&
  secrets !== undefined &&
  missingKey(reference, secrets[reference.name] ?? []);

function missingVolumes(workload: Workload): Findings {
  const volumes = new Set(volumeNames(workload));
  return containers(workload).map((container) =>
    mountedIn(container)
      .filter((name) => !volumes.has(name))
      .map((name) => ({
        where: `${container.path}.volumeMounts[${name}]`,
        value: name,
        wrong: 'is a volume that the pod does not have',
        remedy: `${didYouMean(name, volumes)}${useOneOf(volumes, 'none, the pod has no volumes')}`,
      })),
  );
}

const mountedIn = ({ spec }: Container): string[] =>
  [...(spec.volumeMounts ?? []), ...(spec.volumeDevices ?? [])].map(({ name = '' }) => name);

/** Volumes of the pod, and those that a StatefulSet makes for each pod. */
const volumeNames = ({ pod, manifest }: Workload): string[] => [
  ...(pod.volumes ?? []).flatMap(({ name }) => name ?? []),
  ...(manifest.spec?.volumeClaimTemplates ?? []).flatMap(({ metadata }) => metadata?.name ?? []),
];

export const unused = rule({
  id: 'unused',
  severity: 'warning',
  what: 'An object is emitted, or expected in the cluster, and not used.',
  why: 'An unused Secret is an unnecessary risk, and more often the sign of a program that reads another one by mistake.',
  remedy: 'Let something refer to it, or remove it.',
  link: 'https://kubernetes.io/docs/concepts/configuration/secret/',
  acrossNamespaces: true,
  find: (subject) => {
    const uses = grouped(
      references(subject.manifests).map((reference) => [`${reference.kind}/${reference.name}`, reference]),
    );
    // A folder of others does not show what reads an object through the API, or takes its name from a setting.
    const mayBeUsed = ({ kind, name }: Existing): boolean =>
      !subject.own && (mentions(subject.manifests).has(name) || mayUse(subject.manifests, kind, name));
    return [
      [...inventory(subject)].map(([id, all]) =>
        all.map(
          (existing) =>
            !mayBeUsed(existing) &&
            !mayHaveOthers(subject.manifests, existing.namespace) &&
            unreferenced(
              existing,
              (uses.get(id) ?? []).filter(({ namespace }) => sameNamespace(namespace, existing.namespace)),
            ),
        ),
      ),
      workloads(subject.manifests).map(unmounted),
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

function unreferenced(existing: Existing, uses: readonly Reference[]): Findings {
  const { kind, name, declared, keys, fixedKeys } = existing;
  // Every namespace has an account named default; emitting it changes that one.
  if (declared === undefined || !PASSIVE.includes(kind) || `${kind}/${name}` === 'ServiceAccount/default')
    return undefined;
  const remedy = 'Let something refer to it, or remove it';
  if (uses.length === 0) {
    const value = declared.startsWith(`${kind}/`) ? undefined : name;
    return { where: declared, value, wrong: 'is not used', remedy };
  }
  if (fixedKeys || uses.some(({ key }) => key === undefined)) return undefined;
  return (keys ?? [])
    .filter((key) => !uses.some((use) => use.key === key))
    .map((key) => ({
      where: declared,
      value: key,
      wrong: `is a key of ${kind}/${name} that is not used`,
      remedy,
    }));
}

function unmounted(workload: Workload): Findings {
  const mounted = new Set(containers(workload).flatMap(mountedIn));
  return volumeNames(workload)
    .filter((name) => !mounted.has(name))
    .map((name) => ({
      where: `${workload.podPath}.volumes[${name}]`,
      value: name,
      wrong: 'is a volume that no container mounts',
      remedy: 'Mount it, or remove it',
    }));
}
