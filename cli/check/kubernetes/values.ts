import { didYouMean, useOneOf } from '../../../formats/nearest';
import { quantity } from '../../../formats/quantity';
import type { Wrong } from './types';
import table from './values.json';

/**
 * What the API server requires of single values and the published types do not say, by `core.v1.Container#imagePullPolicy`:
 * words and sizes are in its OpenAPI documents, the rest is in its code.
 * @see https://github.com/kubernetes/kubernetes/tree/master/api/openapi-spec/v3
 * @see https://github.com/kubernetes/kubernetes/tree/master/pkg/apis
 */
const { fractions, negative, texts, wide } = table;
const ranges: Readonly<Record<string, readonly number[] | undefined>> = table.ranges;

const words = new Map(table.words.flatMap((one) => one.fields.map((field) => [field, one.words] as const)));

/** What is wrong with a value that is neither a list nor an object. */
export function wrongValue(value: unknown, type: string, field: string): Wrong | undefined {
  const wanted = type === 'date' ? 'string' : type;
  // Some may be anything: the default of a custom resource's field.
  if (!['boolean', 'number', 'string'].includes(wanted)) return undefined;
  if (typeof value !== wanted) return { wrong: `is not a ${wanted}`, blocks: true };
  if (typeof value === 'number') return wrongNumber(value, field);
  return typeof value === 'string' ? wrongText(value, field) : undefined;
}

function wrongNumber(value: number, field: string): Wrong | undefined {
  const name = field.split('#')[1] ?? '';
  if (fractions.includes(name)) return undefined;
  if (!Number.isInteger(value)) return { wrong: 'is not a whole number', blocks: true };
  const most = wide.includes(name) ? 2 ** 63 : 2 ** 31 - 1;
  if (Math.abs(value) > most) {
    return { wrong: 'is too large for this field', remedy: `Use at most ${most}`, blocks: true };
  }
  const [from = negative.includes(name) ? -most : 0, to = most] = ranges[field] ?? [];
  if (value >= from && value <= to) return undefined;
  const remedy = ranges[field] ? `Use a number from ${from} to ${to}` : 'Use 0 or more';
  return { wrong: 'is a number that Kubernetes refuses', remedy, blocks: false };
}

function wrongText(value: string, field: string): Wrong | undefined {
  const known = words.get(field);
  if (known && value !== '' && !known.includes(value)) {
    const remedy = `${didYouMean(value, known)}${useOneOf(known)}`;
    return { wrong: 'is not a value of this field', remedy, blocks: false };
  }
  const text = texts.find(({ fields, like }) => fields.includes(field) && !RegExp(like).test(value));
  return text && { wrong: text.wrong, remedy: text.remedy, blocks: false };
}

/** Written as a string or a number. Those of containers are the business of `resources`. */
export function wrongAmount(value: unknown, type: string, field: string): Wrong | undefined {
  if (typeof value === 'number') return type.endsWith('IntOrString') ? wrongNumber(value, field) : undefined;
  if (typeof value !== 'string') return { wrong: 'is not a string or a number', blocks: true };
  if (type.endsWith('IntOrString')) return wrongText(value, field);
  if (quantity(value) !== undefined || field.startsWith('core.v1.ResourceRequirements#')) return undefined;
  return { wrong: 'is not a quantity', remedy: 'Use e.g. 250m, 512Mi or 10Gi', blocks: false };
}
