import { z } from 'zod';
import { absent, image } from '../kubernetes/values';

/** The container images of an environment, one file each in `images/`: `npm run images` writes them. */
const references = {
  /** web, api and migrations: `app/django`. */
  django: image,
  /** Voilà and the notebooks: `app/dashboards`. */
  dashboards: image,
  postgres: image,
  elasticsearch: image,
};

export type ImageName = keyof typeof references;

/** Every image that an environment names. */
export const imageNames = Object.keys(references) as ImageName[];

/** The images that are built from `app/`: their tags are ours, so they never move. */
export const ownImages: readonly ImageName[] = ['django', 'dashboards'];

export const localImages = z.strictObject({
  ...references,
  insteadOf: absent('belongs to environments that are a smaller copy of another; remove the key'),
});

export const hostedImages = z.strictObject({
  ...references,
  /**
   * While a release is tried here: what runs in its place in the environment that this one is a smaller copy of. Held against
   * that environment's own file, so a release that skips the trial is found.
   */
  insteadOf: z
    .strictObject(references)
    .partial()
    .refine((images) => Object.keys(images).length > 0, { error: 'names no image; remove the key' })
    .optional(),
});

/** The images of a hosted environment, as its file says them. */
export type HostedImages = z.infer<typeof hostedImages>;

/** The same images where nothing is tried: what the environment had before. */
export const untried = ({ insteadOf, ...images }: HostedImages): HostedImages => ({
  ...images,
  ...insteadOf,
});

/** Where an environment's images stand. */
export const imagesFile = (environment: string): string => `lib/environments/images/${environment}.json`;
