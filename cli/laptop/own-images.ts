import { join } from 'node:path';
import { ownImages as components } from '../../lib/components/images';
import type { Environment } from '../../lib/environments/environment';

/** An image that is built here, because no registry has it. */
export interface OwnImage {
  readonly name: 'django' | 'dashboards';
  /** What the manifests call it. */
  readonly reference: string;
  /** The folder with its Dockerfile. */
  readonly folder: string;
  /** Stage of the Dockerfile; the last if absent. */
  readonly target?: string;
}

/** The folder of `app/` from which an image is built. */
export const folderOf = (name: OwnImage['name']): string => join(__dirname, '..', '..', 'app', name);

/** The images of `app/`, as an environment of a laptop runs them. */
export const ownImages = ({ images }: Environment): readonly OwnImage[] =>
  components.map(({ name, image }) => ({
    name,
    reference: images[name],
    folder: folderOf(name),
    target: 'target' in image ? image.target : undefined,
  }));
