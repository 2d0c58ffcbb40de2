import {
  type HostedImages,
  type ImageName,
  imageNames,
  imagesFile,
  ownImages,
} from '../../lib/environments/images';
import { moves, parseImage } from '../../lib/kubernetes/image';
import { imageName } from '../../lib/plan/image-name';
import type { Problem } from '../../lib/problem';

/** The references that somebody asks for; what is left out stays as it is. */
export type Wanted = Readonly<Partial<Record<ImageName, string>>>;

/** Other images, and what they are tried instead of: what was there before the trial began, however often it is exchanged. */
export function tryOut({ insteadOf, ...images }: HostedImages, wanted: Wanted): HostedImages {
  const next = exchange(images, wanted);
  const before = { ...images, ...insteadOf };
  const tried = imageNames.filter((name) => next[name] !== before[name]);
  if (tried.length === 0) return next;
  return { ...next, insteadOf: Object.fromEntries(tried.map((name) => [name, before[name]])) };
}

/** Other images, for good. */
export const exchange = (images: HostedImages, wanted: Wanted): HostedImages => ({ ...images, ...wanted });

/** Steps that lead from an image which cannot change to one that can, without either looking wrong by itself. */
export const steps = (environment: string, images: HostedImages, wanted: Wanted): Problem[] =>
  imageNames.flatMap((name) => {
    const [before, after] = [images[name], wanted[name]];
    const [old, now] = [parseImage(before), parseImage(after)];
    // What floats is refused by the schema.
    if (after === undefined || !old?.digest || !now || moves(now)) return [];
    const problem = { environment, where: `images.${name}`, value: after };
    if (now.digest === undefined) {
      return [
        {
          ...problem,
          wrong: `is held by its tag alone, where ${imagesFile(environment)} has a digest`,
          remedy: `Add the digest; \`docker buildx imagetools inspect ${after}\` prints it`,
        },
      ];
    }
    const sameTag = now.tag !== undefined && now.tag === old.tag && nameOf(before) === nameOf(after);
    if (!sameTag || now.digest === old.digest || !ownImages.includes(name)) return [];
    return [
      {
        ...problem,
        wrong: `gives the tag "${now.tag}" to another image than before`,
        remedy:
          'Build it under a version of its own: a tag of ours never moves, because people read it as the version',
      },
    ];
  });

const nameOf = (reference: string): string => imageName(reference).name;
