import { z } from 'zod';
import { defaultImages, type ImageName, imageNames, imageSettings } from '../components/images';
import { absent, image } from '../kubernetes/values';

export const localImages = z.strictObject({
  ...imageSettings,
  insteadOf: absent('belongs to environments that are a smaller copy of another; remove the key'),
});

export const hostedImages = z.strictObject({
  ...imageSettings,
  /**
   * While a release is tried here: what runs in its place in the environment that this one is a smaller copy of. Held against
   * that environment's own file, so a release that skips the trial is found.
   */
  insteadOf: z
    .partialRecord(z.enum(imageNames), image)
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

/** All images, those that the file leaves out included. */
export const withDefaults = (images: z.input<typeof hostedImages>): HostedImages => ({
  ...(defaultImages as HostedImages),
  ...images,
});

/** The images as the file has to name them: a default is not repeated. */
export const withoutDefaults = (images: HostedImages): z.input<typeof hostedImages> =>
  Object.fromEntries(
    Object.entries(images).filter(([name, reference]) => defaultImages[name as ImageName] !== reference),
  ) as z.input<typeof hostedImages>;

/** Where an environment's images are named. */
export const imagesFile = (environment: string): string => `lib/environments/images/${environment}.json`;
