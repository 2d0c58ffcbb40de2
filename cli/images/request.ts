import { imageName } from '../../checker/plan/pods/image-name';
import type { Problem } from '../../checker/problem';
import { moves, parseImage } from '../../formats/image';
import { type ImageName, imageNames, ownImages } from '../../lib/components/images';
import type { HostedEnvironment, LocalEnvironment } from '../../lib/environments/environment';
import { type HostedImages, imagesFile, withDefaults } from '../../lib/environments/images';
import { RefusedError } from '../terminal/errors';

/** References on the command line; images that it does not name stay. */
export type Wanted = Readonly<Partial<Record<ImageName, string>>>;

/** An environment as written, with all its images. */
export type Input = (LocalEnvironment | HostedEnvironment) & { readonly images: HostedImages };

export const withAllImages = (environment: LocalEnvironment | HostedEnvironment): Input =>
  ({ ...environment, images: withDefaults(environment.images) }) as Input;

export interface Request {
  readonly environment: string;
  readonly wanted: Wanted;
  /** The environment to take the images of. */
  readonly from?: string;
}

interface Requested {
  readonly after: readonly Input[];
  /** Steps that are wrong; whether the result is valid, the schema and the checks say. */
  readonly problems: readonly Problem[];
}

/**
 * Every environment as it would be: the one with other images, and the one whose trial ends with that.
 * @throws RefusedError for images that must come from another environment
 */
export function requested(inputs: readonly Input[], { environment, wanted, from }: Request): Requested {
  const target = named(inputs, environment);
  const copy = inputs.find(({ shapeOf }) => shapeOf === environment);
  if (from === undefined) {
    if (copy) {
      throw new RefusedError(
        `${environment} takes what ${copy.name} has tried: npx coped images ${environment} --from ${copy.name}`,
      );
    }
    const problems = steps(environment, target.images, wanted);
    return { after: replace(inputs, environment, take(target, wanted)), problems };
  }
  const source = named(inputs, from);
  if (copy && source !== copy) {
    throw new RefusedError(
      `${environment} takes what ${copy.name} has tried, not what ${from} has: --from ${copy.name}`,
    );
  }
  const { insteadOf: _, ...images } = source.images;
  const taken = replace(inputs, environment, take(target, images));
  return { after: copy ? replace(taken, copy.name, images) : taken, problems: [] };
}

/** Only an environment that another one follows tries images. */
const take = ({ shapeOf, images }: Input, wanted: Wanted): HostedImages =>
  shapeOf === undefined ? { ...images, ...wanted } : tryOut(images, wanted);

/** Other images, and what they are tried instead of: the images before the trial, however often they change. */
function tryOut({ insteadOf, ...images }: HostedImages, wanted: Wanted): HostedImages {
  const next: HostedImages = { ...images, ...wanted };
  const before = { ...images, ...insteadOf };
  const tried = imageNames.filter((name) => next[name] !== before[name]);
  if (tried.length === 0) return next;
  return { ...next, insteadOf: Object.fromEntries(tried.map((name) => [name, before[name]])) };
}

const replace = (inputs: readonly Input[], environment: string, images: HostedImages): Input[] =>
  inputs.map((input) => (input.name === environment ? ({ ...input, images } as Input) : input));

export function named(inputs: readonly Input[], environment: string): Input {
  const found = inputs.find(({ name }) => name === environment);
  if (found) return found;
  const names = inputs.map(({ name }) => name).join(', ');
  throw new RefusedError(`${environment}: is not an environment; choose from ${names}`);
}

/** Steps from an image that cannot change to one that can, where neither looks wrong by itself. */
const steps = (environment: string, images: HostedImages, wanted: Wanted): Problem[] =>
  imageNames.flatMap((name) => {
    const after = wanted[name];
    const now = parseImage(after);
    // The schema refuses a tag that moves.
    if (after === undefined || !now || moves(now)) return [];
    const before = [images[name], images.insteadOf?.[name]].filter((old) => parseImage(old)?.digest);
    const problem = { environment, where: `images.${name}`, value: after };
    if (before.length > 0 && now.digest === undefined) {
      const wrong = `is held by its tag alone, where ${imagesFile(environment)} has a digest`;
      const remedy = `Add the digest; \`docker buildx imagetools inspect ${after}\` prints it`;
      return [{ ...problem, wrong, remedy }];
    }
    if (!ownImages.some((own) => own.name === name) || !before.some((old) => isRetagged(old, after)))
      return [];
    const wrong = `gives the tag "${now.tag}" to another image than before`;
    const remedy =
      'Build it under a version of its own: our tags never move, because they are read as versions';
    return [{ ...problem, wrong, remedy }];
  });

/** Whether the same name and tag is another image now. */
function isRetagged(before: string | undefined, after: string): boolean {
  const [old, now] = [parseImage(before), parseImage(after)];
  const sameName = imageName(before).name === imageName(after).name;
  return sameName && now?.tag !== undefined && now.tag === old?.tag && now.digest !== old.digest;
}
