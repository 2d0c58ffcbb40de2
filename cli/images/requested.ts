import type { HostedEnvironment, LocalEnvironment } from '../../lib/environments/environment';
import { type HostedImages, imageNames } from '../../lib/environments/images';
import { Problems } from '../../lib/problem';
import { Unusable } from '../unusable';
import { exchange, steps, tryOut, type Wanted } from './exchange';

type Input = LocalEnvironment | HostedEnvironment;

export interface Request {
  readonly environment: string;
  /** References by hand. */
  readonly wanted: Wanted;
  /** The environment to take the images of. */
  readonly from?: string;
}

/**
 * Every environment as it would be: one with other images, and the one whose trial ends with that.
 * @throws Unusable where nobody may ask for that
 * @throws Problems
 */
export function requested(inputs: readonly Input[], { environment, wanted, from }: Request): Input[] {
  const target = named(inputs, environment);
  const copy = inputs.find(({ shapeOf }) => shapeOf === environment);
  if (from === undefined) {
    if (copy) {
      throw new Unusable([
        `${environment} takes what ${copy.name} has tried: npm run images -- ${environment} --from ${copy.name}`,
      ]);
    }
    const problems = steps(environment, target.images, wanted);
    if (problems.length > 0) throw new Problems(problems);
    return replace(inputs, environment, take(target, wanted));
  }
  const source = named(inputs, from);
  if (copy && source !== copy) {
    throw new Unusable([
      `${environment} takes what ${copy.name} has tried, not what ${from} has: --from ${copy.name}`,
    ]);
  }
  const { insteadOf: _, ...images } = source.images;
  const taken = replace(inputs, environment, take(target, images));
  return copy ? replace(taken, copy.name, images) : taken;
}

/** What has another file after it: environment → its images before and after. */
export const changed = (before: readonly Input[], after: readonly Input[]) =>
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
  throw new Unusable([`${environment}: is not an environment; choose from ${names}`]);
}

/** Whether anything of an image was asked for. */
export const asksForImages = (wanted: Wanted): boolean =>
  imageNames.some((name) => wanted[name] !== undefined);
