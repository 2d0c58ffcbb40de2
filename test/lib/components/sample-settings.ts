import { z } from 'zod';

/** One value of each kind that settings are made of; a setting takes the first that its schema accepts. */
const CANDIDATES: readonly unknown[] = [
  { min: 3, max: 7 },
  '7Gi',
  '333m',
  '10.7.0.0/16',
  'example.org/given:1.2.3',
  'given.example.org',
  'given',
  '15 4 * * *',
  7,
  3,
  321,
  30807,
  2048,
  { given: 'value' },
  true,
  false,
];

/** Where a value must fit another. */
const BY_NAME: Readonly<Record<string, unknown>> = { kernelMemory: '700Mi' };

/** Only what has no default. */
export const leastSettings = (schema: z.ZodType): unknown => sample(schema, false);

/** A value for every setting, another than its default. */
export const allSettings = (schema: z.ZodType): unknown => sample(schema, true);

function sample(schema: z.ZodType, everything: boolean): unknown {
  if (!everything && schema.safeParse(undefined).success) return undefined;
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodObject) {
    const entries = Object.entries(inner.shape as Record<string, z.ZodType>);
    return Object.fromEntries(
      entries
        .map(([key, child]) => [key, (everything && BY_NAME[key]) || sample(child, everything)])
        .filter(([, value]) => value !== undefined),
    );
  }
  if (inner instanceof z.ZodArray) return [sample(inner.element as z.ZodType, everything)];
  if (inner instanceof z.ZodLiteral) return inner.value;
  if (inner instanceof z.ZodUndefined) return undefined;
  const usual = schema.safeParse(undefined).data;
  if (inner instanceof z.ZodEnum) return inner.options.find((option) => option !== usual);
  const found = [...(everything ? [] : [1]), ...CANDIDATES].find((value) => {
    const result = inner.safeParse(value);
    return result.success && JSON.stringify(result.data) !== JSON.stringify(usual);
  });
  if (found === undefined) throw new Error(`no sample value fits ${inner.def.type}: add one to CANDIDATES`);
  return found;
}

function unwrapped(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return unwrapped(schema.def.innerType as z.ZodType);
  }
  return schema;
}
