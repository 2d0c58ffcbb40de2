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

const APP = join(__dirname, '..', '..', 'app');

/** The images of `app/`, as an environment of a laptop runs them. */
export const ownImages = ({ images }: Environment): readonly OwnImage[] =>
  components.map(({ name, image }) => ({
    name,
    reference: images[name],
    folder: join(APP, image.folder),
    target: 'target' in image ? image.target : undefined,
  }));
