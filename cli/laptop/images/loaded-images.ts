import type { ApiObject, Kubectl } from '../../cluster/kubectl';
import { FIELD_MANAGER } from '../../cluster/server-side-apply';
import type { OwnImage } from './own-images';

// What has been loaded is written on the machines that hold it: it goes when they go, and no other program knows better.

/** A kubelet names no more images than this: on a full list, a missing name says nothing. */
const LISTED = 50;

const keyOf = ({ name }: OwnImage): string => `coped.org/image-${name}`;
const noteOf = ({ reference }: OwnImage, contents: string): string => `${reference} ${contents}`;

/** Whether every machine of the cluster holds an image with these contents. */
export const isLoaded = (nodes: readonly ApiObject[], image: OwnImage, contents: string): boolean =>
  nodes.length > 0 &&
  nodes.every(
    ({ metadata, status }) =>
      metadata.annotations?.[keyOf(image)] === noteOf(image, contents) &&
      lists(status?.images ?? [], image.reference),
  );

/** The kubelet throws images away when its disk is full. One whose name a newer image has taken has null for names. */
const lists = (
  images: readonly { readonly names?: readonly string[] | null }[],
  reference: string,
): boolean => images.length >= LISTED || images.some(({ names }) => names?.includes(reference));

/** Remembers what was loaded into every machine. */
export async function remember(kubectl: Kubectl, image: OwnImage, contents: string): Promise<void> {
  const note = `${keyOf(image)}=${noteOf(image, contents)}`;
  await kubectl.run(['annotate', 'nodes', '--all', '--overwrite', `--field-manager=${FIELD_MANAGER}`, note]);
}
