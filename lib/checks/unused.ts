import type { Check, Finding } from './check';
import { volumeNames } from './dangling';
import { references } from './references';
import { containers, type Json, nameOf, type Workload, workloads } from './workloads';

const USABLE = ['ConfigMap', 'PersistentVolumeClaim', 'Secret', 'ServiceAccount'];

/**
 * Whatever is emitted is used. A Secret nobody reads is a secret too many, and more often the sign
 * of a consumer that reads another one by mistake.
 */
export const unused: Check = ({ manifests }) => {
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
        rule: 'is used by nobody',
        remedy: 'Let something refer to it, or remove it',
      };
    }),
    ...workloads(manifests).flatMap(unmounted),
  ];
};

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
      rule: 'is a volume that no container mounts',
      remedy: 'Mount it, or remove it',
    }));
}
