import { posix } from 'node:path';
import { didYouMean, useOneOf } from '../../../formats/nearest';
import { lookUp, type View, views } from '../../analysis/container-mounts';
import { fileLines, type Setting, words } from '../../analysis/settings';
import { type Variables, variableReader } from '../../analysis/variables';
import { sourcesOf } from '../../analysis/volume-sources';
import { grouped } from '../../manifests/grouped';
import { sameNamespace } from '../../manifests/inventory';
import type { Manifest } from '../../manifests/manifest';
import { type Container, containers, ofKind, type Workload, workloads } from '../../manifests/workloads';
import { type Findings, rule } from '../../rule';
import type { Subject } from '../../subject';

export const filePaths = rule({
  id: 'file-paths',
  what: 'A variable, an argument or a script names a file that is not in the volume mounted there.',
  why: 'The name of a secret file is in two places, the volume and the configuration of the program that reads it, and only the running program compares them.',
  remedy: 'Use the path under which the volume has the file: the mount path, and the key or its `path`.',
  link: 'https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-files-from-a-pod',
  find: (subject) => {
    const variablesOf = variableReader(subject.manifests);
    return [
      views(subject).map((view) => {
        const variables = [...variablesOf(view.container.spec)].flatMap(([name, value]) =>
          value.includes('/') ? [{ where: `${view.container.path}.env[${name}]`, name, value }] : [],
        );
        return [...variables, ...words(view.container)].map((setting) => missingIn(setting, [view]));
      }),
      inFiles(views(subject), subject),
    ];
  },
});

/** An absolute path, not a part of an address or of a longer path, and not one that is put together. */
const PATH = /(?<![\w./)}$*~-])\/[\w.-]+(?:\/[\w.-]+)*(?![\w$*{?[])/g;

/** A file of this name should not be in an image. */
const SECRET_FILE = /PASS|SECRET|TOKEN|KEY|CREDENTIAL/;
/** Certificates may be the image's own, where systems keep theirs. */
const CERTIFICATE_FILE = /(^|_)(CA|CERT\w*)_FILE$/;
const SYSTEM = /^\/(etc|usr)\//;
const SECRETS = /^(\/var)?\/run\/secrets\//;
const TOKEN = /^(\/var)?\/run\/secrets\/kubernetes\.io\/serviceaccount(\/|$)/;

/** Every path in a setting that none of the containers that read it finds. */
function missingIn({ where, name = '', value }: Setting, views: readonly View[]): Findings {
  if (!value.includes('/')) return undefined;
  const namesSecret = name.endsWith('_FILE') && SECRET_FILE.test(name);
  const mayConcern =
    namesSecret ||
    value.includes('/run/secrets/') ||
    CERTIFICATE_FILE.test(name) ||
    views.some(({ mounts }) => mounts.some(({ files, path }) => files && value.includes(path)));
  if (!mayConcern) return undefined;
  return [...new Set(value.match(PATH))].map((given) => {
    const path = given.replace(/\.+$/, '');
    const results = views.map((view) =>
      TOKEN.test(path) && view.workload.pod.automountServiceAccountToken !== false
        ? ({ found: 'there' } as const)
        : lookUp(path, view.mounts),
    );
    const expected = SECRETS.test(path) || namesSecret || (CERTIFICATE_FILE.test(name) && !SYSTEM.test(path));
    if (results.some(({ found }) => found === 'there' || (found === 'unmounted' && !expected)))
      return undefined;
    const mount = results.find(({ found }) => found === 'missing')?.mount;
    if (!mount) {
      const remedy = 'Mount the volume that holds it at its directory';
      return { where, value: path, wrong: 'is in no volume of the container', remedy };
    }
    const files = (mount.files ?? []).map((file) => `${mount.path}/${file}`);
    return {
      where,
      value: path,
      wrong: `is not in the volume that is mounted at ${mount.path}`,
      remedy: `${didYouMean(path, files)}${useOneOf(files, 'none, the volume is empty')}`,
    };
  });
}

/** Files of ConfigMaps are read by the containers that mount them; one that finds the path is enough. */
const inFiles = (views: readonly View[], { manifests }: Subject): Findings =>
  [...grouped(views.flatMap((view) => filesOf(view, manifests).map((lines) => [lines, view] as const)))].map(
    ([lines, readers]) => lines.map((line) => missingIn(line, readers)),
  );

/** The lines of the files that a container mounts from ConfigMaps. */
function filesOf({ workload, mounts }: View, manifests: readonly Manifest[]): (readonly Setting[])[] {
  const mounted = new Set(mounts.map(({ volume }) => volume));
  const { namespace } = workload.manifest.metadata;
  return (workload.pod.volumes ?? [])
    .filter((volume) => mounted.has(volume?.name ?? ''))
    .flatMap(sourcesOf)
    .filter(({ kind }) => kind === 'ConfigMap')
    .flatMap(({ name, items }) => {
      const map = ofKind(manifests, 'ConfigMap').find(
        ({ metadata }) => metadata.name === name && sameNamespace(metadata.namespace, namespace),
      );
      const keys = items?.map((item) => String(item?.key)) ?? Object.keys(map?.data ?? {});
      return map ? keys.map((key) => fileLines(map, key)) : [];
    });
}

export const secretFiles = rule({
  id: 'secret-files',
  what: 'A program reads a secret from a file that holds another secret, or that may not exist.',
  why: 'The file is found and read, so there is no error until the wrong password is refused, or the program has the permissions of another role.',
  remedy: 'Let X_FILE lead to the file of the Secret and key that X_FROM names.',
  link: 'https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-files-from-a-pod',
  find: ({ manifests, own }) => {
    const variablesOf = variableReader(manifests);
    return workloads(manifests).map((workload) =>
      containers(workload).map((container) => {
        const variables = variablesOf(container.spec);
        const sourceOf = sourcesIn(container, workload);
        const compare = [...variables].map(([name, from]) => {
          if (!name.endsWith('_FROM')) return undefined;
          const setting = name.replace(/_FROM$/, '_FILE');
          const [, secret, key] = /^Secret (\S+), key (\S+)$/.exec(from) ?? [];
          const file = variables.get(setting);
          if (secret === undefined || file === undefined) return undefined;
          const where = `${container.path}.env[${setting}]`;
          return compared(where, file, { secret, key }, sourceOf(file));
        });
        return [compare, own && shared(variables, container, sourceOf)];
      }),
    );
  },
});

/** Here each variable has a file of its own. Where none says which secret is meant, two with the same file are a mistake. */
function shared(
  variables: Variables,
  container: Container,
  sourceOf: ReturnType<typeof sourcesIn>,
): Findings {
  const owners = new Map<string, string>();
  return [...variables].map(([name, value]) => {
    if (!name.endsWith('_FILE') || variables.has(name.replace(/FILE$/, 'FROM'))) return undefined;
    const owner = owners.get(value);
    owners.set(value, owner ?? name);
    const where = `${container.path}.env[${name}]`;
    const wrong = `is the file of ${owner}, too`;
    const remedy = 'Let each lead to the file of its own secret';
    return owner !== undefined && sourceOf(value) && { where, value, wrong, remedy };
  });
}

interface Source {
  readonly secret?: string;
  readonly key?: string;
  readonly optional?: boolean;
}

function compared(where: string, value: string, wanted: Source, found: Source | undefined): Findings {
  // `file-paths` checks files that come from no Secret.
  if (!found) return undefined;
  if (found.secret !== wanted.secret || found.key !== wanted.key) {
    const wrong = `is key ${found.key} of Secret ${found.secret}, and not key ${wanted.key} of Secret ${wanted.secret}`;
    return { where, value, wrong, remedy: 'Correct the file, or where it comes from' };
  }
  const wrong = 'may not exist, and the program needs it';
  return found.optional === true && { where, value, wrong, remedy: 'Leave `optional` out' };
}

/** The Secret and the key that a file comes from. */
function sourcesIn({ spec }: Container, { pod }: Workload): (file: string) => Source | undefined {
  let files: ReadonlyMap<string, readonly Source[]> | undefined;
  const all = () =>
    (pod.volumes ?? []).flatMap((volume) =>
      sourcesOf(volume)
        .filter(({ kind }) => kind === 'Secret')
        .flatMap(({ name: secret, items = [], optional = false }) =>
          (spec.volumeMounts ?? [])
            .filter(({ name }) => name === volume.name)
            .flatMap(({ mountPath = '' }) =>
              items.map(
                ({ key, path = '' }) => [posix.join(mountPath, path), { secret, key, optional }] as const,
              ),
            ),
        ),
    );
  return (file) => {
    files ??= grouped(all());
    return files.get(file)?.[0];
  };
}
