/** An amount of what a quota or a budget counts, as people say it: `5.2 cores`, `19 Gi`, `50`. */
export function amount(value: number, resource: string): string {
  if (/cpu$/.test(resource)) return `${rounded(value)} ${value === 1 ? 'core' : 'cores'}`;
  if (!/(memory|storage)$/.test(resource)) return String(rounded(value));
  return value >= 2 ** 30 ? `${rounded(value / 2 ** 30)} Gi` : `${rounded(value / 2 ** 20)} Mi`;
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
