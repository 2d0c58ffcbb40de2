const DECIMAL = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 } as const;
const BINARY = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 } as const;
const QUANTITY = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([KMGTPE]i)|[eE]([+-]?\d+)|([numkMGTPE]?))$/;

/**
 * What a Kubernetes quantity amounts to, in cores, bytes or pieces: `250m` → 0.25, `1Gi` → 1073741824.
 * Undefined for anything that the API server would refuse to parse.
 *
 * Always the number closest to what is written, so equal quantities are equal numbers: decimal
 * suffixes become an exponent before parsing, and powers of two multiply without rounding.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function quantity(text: unknown): number | undefined {
  const known = amounts.get(text);
  if (known !== undefined) return known;
  const amount = amountOf(text);
  if (amount !== undefined) amounts.set(text, amount);
  return amount;
}

/** A few are written again and again. */
const amounts = new Map<unknown, number>();

function amountOf(text: unknown): number | undefined {
  const [, digits, binary, exponent, decimal] = QUANTITY.exec(String(text)) ?? [];
  if (digits === undefined) return undefined;
  if (binary) return Number(digits) * 2 ** BINARY[binary as keyof typeof BINARY];
  return Number(`${digits}e${exponent ?? DECIMAL[decimal as keyof typeof DECIMAL]}`);
}

/** A sum of quantities without the dust of binary fractions: ten times `100m` is `1`, as in Kubernetes. */
export const sum = (amounts: readonly number[]): number =>
  Math.round(amounts.reduce((total, amount) => total + amount, 0) * 1000) / 1000;
