import { k8s } from './k8s';

/** Amounts as Kubernetes' API has them: `{ cpu: '250m' }`. */
export const quantities = (values: Record<string, string>): Record<string, k8s.Quantity> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, k8s.Quantity.fromString(value)]));
