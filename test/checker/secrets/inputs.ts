import type { z } from 'zod';

/** A place in an environment's settings where a value can be. */
export interface Input {
  readonly path: string;
  /** Settings without which it would not be looked at: the alternative that it belongs to. */
  readonly with: readonly (readonly [path: string, value: unknown])[];
}

/** What this file needs to know of zod's schemas. */
interface Definition {
  readonly type: string;
  readonly shape?: Record<string, z.core.$ZodType>;
  readonly innerType?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly element?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly values?: readonly unknown[];
}

const definition = (schema: z.core.$ZodType) => schema._zod.def as unknown as Definition;
const join = (...keys: string[]) => keys.filter((key) => key !== '').join('.');

/** Every input that a schema knows, those of optional settings and of all alternatives included. */
export function inputsOf(schema: z.core.$ZodType, path = '', given: Input['with'] = []): Input[] {
  const { shape, innerType, options, element, valueType, in: input } = definition(schema);
  if (shape) {
    const literals = Object.entries(shape).flatMap(([key, field]) => {
      const { type, values = [] } = definition(field);
      return type === 'literal' ? [[join(path, key), values[0]] as const] : [];
    });
    return Object.entries(shape).flatMap(([key, field]) =>
      inputsOf(field, join(path, key), [
        ...given,
        ...literals.filter(([other]) => other !== join(path, key)),
      ]),
    );
  }
  if (options) return options.flatMap((option) => inputsOf(option, path, given));
  if (element) return inputsOf(element, join(path, '0'), given);
  if (valueType) return inputsOf(valueType, join(path, 'any'), given);
  const inner = innerType ?? input;
  return inner ? inputsOf(inner, path, given) : [{ path, with: given }];
}
