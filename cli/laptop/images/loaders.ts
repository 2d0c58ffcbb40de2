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

export function loaderOf(context: string): Loader {
  const [, tool, cluster] = /^(kind|k3d)-(.+)$/.exec(context) ?? [];
  const loader = (...[image, file = image]: readonly Command[]): Loader => ({
    takesFrom: BUILDER_NAMES,
    image: (reference) => image && [...image, reference],
    file: (path) => file && [...file, path],
  });
  if (tool === 'kind') {
    const load = (what: string) => ['kind', 'load', what, `--name=${cluster}`];
    return loader(load('docker-image'), load('image-archive'));
  }
  if (tool === 'k3d') return loader(['k3d', 'image', 'import', `--cluster=${cluster}`]);
  if (context === 'minikube') return loader(['minikube', '--profile=minikube', 'image', 'load']);
  // Docker Desktop, OrbStack, Rancher Desktop, Colima: the cluster runs on Docker's own images.
  return { takesFrom: ['docker'], image: () => undefined, file: () => undefined };
}
