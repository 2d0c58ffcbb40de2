import { posix } from 'node:path';
import { variableReader } from '../../analysis/variables';
import { sourcesOf } from '../../analysis/volume-sources';
import { type Container, containers, type Workload, workloads } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';

export const secretFiles = rule({
  id: 'secret-files',
  what: 'A program reads a secret from a file that holds another secret, or that may not exist.',
  why: 'The file is found and read, so there is no error until the wrong password is refused, or the program has the permissions of another role.',
  remedy: 'Let X_FILE lead to the file of the Secret and key that X_FROM names.',
  link: 'https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-files-from-a-pod',
  find: ({ manifests }) => {
    const variablesOf = variableReader(manifests);
    return workloads(manifests).flatMap((workload) =>
      containers(workload).flatMap((container) => {
        const variables = variablesOf(container.spec);
        return [...variables].flatMap(([name, from]) => {
          if (!name.endsWith('_FROM')) return [];
          const [, secret, key] = /^Secret (\S+), key (\S+)$/.exec(from) ?? [];
          const file = variables.get(name.replace(/_FROM$/, '_FILE'));
          if (secret === undefined || file === undefined) return [];
          const where = `${container.path}.env[${name.replace(/_FROM$/, '_FILE')}]`;
          return compared(where, file, { secret, key }, sourceOf(file, container, workload));
        });
      }),
    );
  },
});

interface Source {
  readonly secret?: string;
  readonly key?: string;
  readonly optional?: boolean;
}

function compared(where: string, value: string, wanted: Source, found: Source | undefined): Finding[] {
  // `file-paths` checks files that come from no Secret.
  if (!found) return [];
  if (found.secret !== wanted.secret || found.key !== wanted.key) {
    const wrong = `is key ${found.key} of Secret ${found.secret}, and not key ${wanted.key} of Secret ${wanted.secret}`;
    return [{ where, value, wrong, remedy: 'Correct the file, or where it comes from' }];
  }
  return found.optional
    ? [{ where, value, wrong: 'may not exist, and the program needs it', remedy: 'Leave `optional` out' }]
    : [];
}

/** The Secret and the key that a file comes from. */
const sourceOf = (file: string, { spec }: Container, { pod }: Workload): Source | undefined =>
  (pod.volumes ?? [])
    .flatMap((volume) => sourcesOf(volume).map((source) => ({ ...source, volume: volume.name })))
    .filter(({ kind }) => kind === 'Secret')
    .flatMap(({ volume, name: secret, items = [], optional = false }) =>
      (spec.volumeMounts ?? [])
        .filter(({ name }) => name === volume)
        .flatMap(({ mountPath = '' }) =>
          items.map(({ key, path = '' }) => ({ file: posix.join(mountPath, path), secret, key, optional })),
        ),
    )
    .find((one) => one.file === file);
