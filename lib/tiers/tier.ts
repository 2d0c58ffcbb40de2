import type { ChartProps } from 'cdk8s';
import { type Environment, namespaceOf } from '../environments/environment';
import { tierLabels } from '../kubernetes/labels';

/** What every tier's chart has in common: where its objects live, and the labels that say what they belong to. */
export const tierProps = (environment: Environment, tier: string): ChartProps => ({
  namespace: namespaceOf(environment),
  labels: tierLabels(environment.name, tier),
  disableResourceNameHashes: true,
});
