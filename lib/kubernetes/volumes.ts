import type * as k8s from './k8s';
import type { RotationKey, SecretKey } from './secret-key';

/** A volume together with the place where containers mount it. */
export interface Mounted {
  readonly volume: k8s.Volume;
  readonly mount: k8s.VolumeMount;
}

/** Scratch space that lives and dies with the pod. `Memory` counts against the container's memory limit. */
export const scratch = (name: string, mountPath: string, sizeLimit: string, medium?: 'Memory'): Mounted => ({
  volume: { name, emptyDir: { sizeLimit, medium } },
  mount: { name, mountPath },
});

/** Every key of a ConfigMap as a file. Mounted as a directory: single files (subPath) never update. */
export const configFiles = (name: string, mountPath: string, configMap: string, mode = 0o444): Mounted => ({
  volume: { name, configMap: { name: configMap, defaultMode: mode } },
  mount: { name, mountPath, readOnly: true },
});

/** Where a component finds its secrets. */
export const SECRETS_PATH = '/run/secrets/coped';

/**
 * Exactly these keys of these Secrets, one file each: `{ 'sql-password': postgresApplication }` is
 * /run/secrets/coped/sql-password. Files, because environment variables end up in crash reports and child processes.
 */
export const secretFiles = (files: Record<string, SecretKey | RotationKey>, name = 'secrets'): Mounted => ({
  volume: {
    name,
    projected: {
      // The pod's group may read: processes do not run as root, who owns the files.
      defaultMode: 0o440,
      sources: Object.entries(files).map(([path, { secret, key, ...more }]) => ({
        secret: { name: secret, items: [{ key, path }], ...('optional' in more && { optional: true }) },
      })),
    },
  },
  mount: { name, mountPath: SECRETS_PATH, readOnly: true },
});

/** Every key of a Secret as a file; a replaced certificate arrives without a restart. */
export const secretDirectory = (name: string, mountPath: string, secret: string): Mounted => ({
  volume: { name, secret: { secretName: secret, defaultMode: 0o440 } },
  mount: { name, mountPath, readOnly: true },
});

/** A claim that is declared elsewhere. */
export const claim = (claimName: string, mountPath: string): Mounted => ({
  volume: { name: claimName, persistentVolumeClaim: { claimName } },
  mount: { name: claimName, mountPath },
});

/** For a StatefulSet: each replica gets its own claim, named after it. */
export const claimTemplate = (
  name: string,
  size: string,
  storageClassName?: string,
): k8s.Kinds['PersistentVolumeClaim'] => ({
  metadata: { name },
  spec: claimSpec(size, storageClassName),
});

/** One node at a time may write; the class is the cluster's default unless an environment names one. */
export const claimSpec = (size: string, storageClassName?: string): k8s.PersistentVolumeClaimSpec => ({
  accessModes: ['ReadWriteOnce'],
  resources: { requests: { storage: size } },
  storageClassName,
});
