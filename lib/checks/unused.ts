import type { Finding } from './check';
import { volumeNames } from './dangling';
import { references } from './references';
import { rule } from './rule';
import { containers, type Json, nameOf, type Workload, workloads } from './workloads';

const USABLE = ['ConfigMap', 'PersistentVolumeClaim', 'Secret', 'ServiceAccount'];

export const unused = rule({
  id: 'unused',
  what: 'Something is emitted and nobody uses it.',
  why: 'A Secret nobody reads is a secret too many, and more often the sign of a consumer that reads another one by mistake.',
  remedy: 'Let something refer to it, or remove it.',
  link: 'https://kubernetes.io/docs/concepts/configuration/secret/',
  find: ({ manifests }) => {
    const used = new Set(references(manifests).map(({ kind, name }) => `${kind}/${name}`));
    return [
      ...manifests.flatMap((manifest) => {
        const made =
          manifest.kind === 'Certificate'
            ? `Secret/${manifest.spec?.secretName}`
            : USABLE.includes(manifest.kind) && nameOf(manifest);
        if (!made || used.has(made)) return [];
        return {
          where: manifest.kind === 'Certificate' ? `${nameOf(manifest)} spec.secretName` : nameOf(manifest),
          value: manifest.kind === 'Certificate' ? manifest.spec?.secretName : undefined,
          wrong: 'is used by nobody',
          remedy: 'Let something refer to it, or remove it',
        };
      }),
      ...workloads(manifests).flatMap(unmounted),
    ];
  },
});

function unmounted(workload: Workload): Finding[] {
  const mounted = new Set(
    containers(workload).flatMap(({ spec }) =>
      [...(spec.volumeMounts ?? []), ...(spec.volumeDevices ?? [])].map(({ name }: Json) => name),
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
