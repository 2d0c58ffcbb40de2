import type { Problem } from '../../checker/problem';
import { imageNames } from '../../lib/components/images';
import type { HostedEnvironment, LocalEnvironment } from '../../lib/environments/environment';
import { type HostedImages, withDefaults } from '../../lib/environments/images';
import { RefusedError } from '../terminal/errors';
import { exchange, steps, tryOut, type Wanted } from './exchange';

/** An environment as written, with all its images. */
export type Input = (LocalEnvironment | HostedEnvironment) & { readonly images: HostedImages };

export const withAllImages = (environment: LocalEnvironment | HostedEnvironment): Input =>
  ({ ...environment, images: withDefaults(environment.images) }) as Input;

export interface Request {
  readonly environment: string;
  /** References by hand. */
  readonly wanted: Wanted;
  /** The environment to take the images of. */
  readonly from?: string;
}

interface Requested {
  readonly after: readonly Input[];
  /** What is wrong with the step from one to the other; whether the outcome is fine is for the schema and the checks to say. */
  readonly problems: readonly Problem[];
}

/**
 * Every environment as it would be: one with other images, and the one whose trial ends with that.
 * @throws RefusedError where nobody may ask for that
 */
export function requested(inputs: readonly Input[], { environment, wanted, from }: Request): Requested {
  const target = named(inputs, environment);
  const copy = inputs.find(({ shapeOf }) => shapeOf === environment);
  if (from === undefined) {
    if (copy) {
      throw new RefusedError(
        `${environment} takes what ${copy.name} has tried: npm run images -- ${environment} --from ${copy.name}`,
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

/** An environment that has another file after it. */
export interface Changed {
  readonly name: string;
  readonly before: HostedImages;
  readonly after: HostedImages;
}

export const changed = (before: readonly Input[], after: readonly Input[]): Changed[] =>
  after.flatMap(({ name, images }) => {
    const old = named(before, name).images;
    return JSON.stringify(old) === JSON.stringify(images) ? [] : [{ name, before: old, after: images }];
  });

const take = ({ shapeOf, images }: Input, wanted: Wanted): HostedImages =>
  shapeOf === undefined ? exchange(images, wanted) : tryOut(images, wanted);

const replace = (inputs: readonly Input[], environment: string, images: HostedImages): Input[] =>
  inputs.map((input) => (input.name === environment ? ({ ...input, images } as Input) : input));

function named(inputs: readonly Input[], environment: string): Input {
  const found = inputs.find(({ name }) => name === environment);
  if (found) return found;
  const names = inputs.map(({ name }) => name).join(', ');
  throw new RefusedError(`${environment}: is not an environment; choose from ${names}`);
}

/** Whether anything of an image was asked for. */
export const asksForImages = (wanted: Wanted): boolean =>
  imageNames.some((name) => wanted[name] !== undefined);
