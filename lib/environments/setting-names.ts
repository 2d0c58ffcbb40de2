import type { z } from 'zod';

/** The parts of a schema that others are in. */
interface Parts {
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly shape?: Readonly<Record<string, z.ZodType>>;
}

/** Every name that a schema knows at a place, in any of its alternatives. */
export function settingNames(schema: z.ZodType, [key, ...rest]: readonly string[]): string[] {
  const { innerType, in: input, options = [], shape = {} } = schema.def as Parts;
  const inner = [innerType, input, ...options].flatMap((part) =>
    part ? settingNames(part, key === undefined ? [] : [key, ...rest]) : [],
  );
  if (key === undefined) return [...Object.keys(shape), ...inner];
  const child = shape[key];
  return [...(child ? settingNames(child, rest) : []), ...inner];
}
