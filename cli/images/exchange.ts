import { imageName } from '../../checker/plan/pods/image-name';
import type { Problem } from '../../checker/problem';
import { moves, parseImage } from '../../formats/image';
import { type ImageName, imageNames, ownImages } from '../../lib/components/images';
import { type HostedImages, imagesFile } from '../../lib/environments/images';

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
    const after = wanted[name];
    const now = parseImage(after);
    // What floats is refused by the schema.
    if (after === undefined || !now || moves(now)) return [];
    const before = [images[name], images.insteadOf?.[name]].filter((old) => parseImage(old)?.digest);
    const problem = { environment, where: `images.${name}`, value: after };
    if (before.length > 0 && now.digest === undefined) {
      return [
        {
          ...problem,
          wrong: `is held by its tag alone, where ${imagesFile(environment)} has a digest`,
          remedy: `Add the digest; \`docker buildx imagetools inspect ${after}\` prints it`,
        },
      ];
    }
    if (!ownImages.some((own) => own.name === name) || !before.some((old) => isTaggedAnew(old, after)))
      return [];
    return [
      {
        ...problem,
        wrong: `gives the tag "${now.tag}" to another image than before`,
        remedy:
          'Build it under a version of its own: a tag of ours never moves, because people read it as the version',
      },
    ];
  });

/** Whether the same name and tag means something else now. */
function isTaggedAnew(before: string | undefined, after: string): boolean {
  const [old, now] = [parseImage(before), parseImage(after)];
  const sameName = imageName(before).name === imageName(after).name;
  return sameName && now?.tag !== undefined && now.tag === old?.tag && now.digest !== old.digest;
}
