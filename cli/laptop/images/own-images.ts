import { join } from 'node:path';
import type { Source } from '../../../lib/application';
import { type ImageName, sourcesOf } from '../../../lib/components/images';
import type { Environment } from '../../../lib/environments/environment';

const ROOT = join(__dirname, '..', '..', '..');

/** An image that is built here, because no registry has it. */
export interface OwnImage {
  readonly name: ImageName;
  /** What the manifests call it. */
  readonly reference: string;
  /** The folder with its Dockerfile. */
  readonly folder: string;
  /** Stage of the Dockerfile; the last if absent. */
  readonly target?: string;
}

/** Where the Dockerfile of an image is. */
export const folderOf = ({ folder }: Pick<Source, 'folder'>): string => join(ROOT, 'app', folder);

/** The images of `app/`, as an environment of a laptop runs them. */
export const ownImages = ({ images, application }: Environment): readonly OwnImage[] =>
  sourcesOf(application).flatMap(({ name, folder, target }) => {
    const reference = images[name];
    return reference === undefined ? [] : { name, reference, folder: folderOf({ folder }), target };
  });
