import { z } from 'zod';

/** A place in an environment's settings where a value can be. */
export interface Input {
  readonly path: string;
  /** Settings without which it would not be looked at: the alternative that it belongs to. */
  readonly with: readonly (readonly [path: string, value: unknown])[];
}

type Schema = z.core.JSONSchema.BaseSchema;

/** Every input that a schema knows, those of optional settings and of all alternatives included. */
export const inputsOf = (schema: z.ZodType): Input[] =>
  inputsIn(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }), '', []);

function inputsIn(schema: Schema | boolean, path: string, given: Input['with']): Input[] {
  if (typeof schema === 'boolean') return [{ path, with: given }];
  const { properties, required = [], anyOf, oneOf, items, additionalProperties } = schema;
  const below = (key: string) => (path === '' ? key : `${path}.${key}`);
  if (properties) {
    const fields = Object.entries(properties);
    const fixed = fields.flatMap(([key, field]) =>
      required.includes(key) && typeof field === 'object' && 'const' in field
        ? [[below(key), field.const] as const]
        : [],
    );
    return fields.flatMap(([key, field]) =>
      inputsIn(field, below(key), [...given, ...fixed.filter(([other]) => other !== below(key))]),
    );
  }
  const options = anyOf ?? oneOf;
  if (options) return options.flatMap((option) => inputsIn(option, path, given));
  if (items && !Array.isArray(items)) return inputsIn(items, below('0'), given);
  return typeof additionalProperties === 'object'
    ? inputsIn(additionalProperties, below('any'), given)
    : [{ path, with: given }];
}
