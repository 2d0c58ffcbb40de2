import { quantity } from '../../formats/quantity';

/** Objects whose fields are amounts: `limits.memory`, `hard[requests.cpu]`, and those of a LimitRange. */
const OWNERS = [
  ...['capacity', 'hard', 'limits', 'podFixed', 'requests'],
  ...['default', 'defaultRequest', 'max', 'maxLimitRequestRatio', 'min'],
];
const FIELDS = ['averageValue', 'divisor', 'sizeLimit'];

/** Whether a field is an amount, by its name and the name of the object that it is in: `1Gi` is `1024Mi` there. */
export const isAmount = (name: string, owner: string): boolean =>
  OWNERS.includes(owner) || FIELDS.includes(name);

/** Whether two values are the same amount. */
export function sameAmount(a: unknown, b: unknown): boolean {
  const amount = quantity(a);
  return amount !== undefined && amount === quantity(b);
}

/**
 * Whether the API server keeps both in the same words: of an amount it keeps the number and the kind of unit, so that `0.5`
 * is `500m` and `1024Mi` is `1Gi`, but `1Gi` is not `1073741824`.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export const keptAlike = (a: unknown, b: unknown): boolean => sameAmount(a, b) && unitOf(a) === unitOf(b);

const unitOf = (value: unknown): string | undefined =>
  /i$|[eE](?=[+-]?\d)/.exec(String(value))?.[0].toLowerCase();
