import type { z } from 'zod';
import type { Application, Source } from '../application';
import { image } from '../kubernetes/values';
import { components } from '.';
import { type AnyComponent, isOptional, type OutputOf, type OwnImage } from './component';

type Component = (typeof components)[number];
type Imaged = Extract<Component, { readonly image: string | OwnImage }>;
type Own = Extract<Component, { readonly image: OwnImage }>;

/** A component that has an image of its own, not another's. */
export type ImageName = Imaged['name'];

/** The images of an environment: ours have to be named, a third party's has its component's default. */
export type Images = Readonly<z.output<z.ZodObject<ImageSettings>>>;

const imaged = components.filter(
  (component): component is Imaged =>
    component.image !== undefined && (typeof component.image === 'string' || !('tier' in component.image)),
);

export const imageNames: readonly ImageName[] = imaged.map(({ name }) => name);

/** The images that are ours: their tags never move. */
export const ownImages = imaged.filter((component): component is Own => typeof component.image !== 'string');

/** What they are built from; an application may have its image from elsewhere. */
export const sourcesOf = (application: Application): readonly (Source & { readonly name: Own['name'] })[] =>
  ownImages.flatMap(({ name, image }) => {
    const source: Source | undefined = 'of' in image ? application.source : image;
    return source ? { name, ...source } : [];
  });

type ImageSettings = {
  readonly [C in Imaged as C['name']]: C['image'] extends string
    ? z.ZodDefault<typeof image>
    : undefined extends OutputOf<C['settings']>
      ? z.ZodOptional<typeof image>
      : typeof image;
};

/** What `lib/environments/images/<environment>.json` may hold. */
export const imageSettings = Object.fromEntries(
  imaged.map((component): [string, z.ZodType] => {
    if (typeof component.image === 'string') return [component.name, image.default(component.image)];
    return [component.name, isOptional(component) ? image.optional() : image];
  }),
) as unknown as ImageSettings;

/** What runs where an environment names no other: third parties' images alone. */
export const defaultImages: Readonly<Partial<Record<ImageName, string>>> = Object.fromEntries(
  imaged.flatMap(({ name, image: source }) => (typeof source === 'string' ? [[name, source]] : [])),
);

/** The reference that a component runs; empty for configuration. */
export function imageOf(component: AnyComponent, images: Images): string {
  const { name, image: source } = component;
  if (source === undefined) return '';
  return typeof source !== 'string' && 'tier' in source
    ? imageOf(source, images)
    : (images[name as ImageName] ?? '');
}
