import { BUILDER_NAMES, type BuilderName } from './builders';

type Command = readonly string[];

/** How an image comes from this machine into a local cluster. */
export interface Loader {
  /** Whose images it can take. */
  readonly takesFrom: readonly BuilderName[];
  /** Loads what Docker keeps; nothing to run where the cluster sees Docker's own images. */
  readonly image: (reference: string) => Command | undefined;
  /** Loads an image that was saved to a file. */
  readonly file: (file: string) => Command | undefined;
}

type Load = (cluster: string, what: string) => Command;

/** Context, and how the program that has made its cluster loads images into it. */
const LOADERS: readonly (readonly [context: RegExp, image: Load, file: Load])[] = [
  [
    /^kind-(.+)$/,
    (name, image) => ['kind', 'load', 'docker-image', `--name=${name}`, image],
    (name, file) => ['kind', 'load', 'image-archive', `--name=${name}`, file],
  ],
  [
    /^k3d-(.+)$/,
    (name, image) => ['k3d', 'image', 'import', `--cluster=${name}`, image],
    (name, file) => ['k3d', 'image', 'import', `--cluster=${name}`, file],
  ],
  [
    /^(minikube)$/,
    (name, image) => ['minikube', `--profile=${name}`, 'image', 'load', image],
    (name, file) => ['minikube', `--profile=${name}`, 'image', 'load', file],
  ],
];

export function loaderOf(context: string): Loader {
  for (const [pattern, image, file] of LOADERS) {
    const [, cluster] = pattern.exec(context) ?? [];
    if (cluster === undefined) continue;
    return {
      takesFrom: BUILDER_NAMES,
      image: (reference) => image(cluster, reference),
      file: (path) => file(cluster, path),
    };
  }
  // Docker Desktop, OrbStack, Rancher Desktop, Colima: the cluster runs on Docker's own images.
  return { takesFrom: ['docker'], image: () => undefined, file: () => undefined };
}
