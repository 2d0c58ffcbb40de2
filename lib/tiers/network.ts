import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Environment } from '../environments/environment';
import { type ComponentName, flows } from '../network/flows';
import { outsidersOf } from '../network/outsiders';
import { allowFlows, denyByDefault } from '../network/policies';
import { tierProps } from './tier';

/** The security boundary: everything is denied, then each component gets its lines of the flow table. */
export class NetworkTier extends Chart {
  constructor(scope: Construct, environment: Environment, present: readonly ComponentName[]) {
    super(scope, '10-network', tierProps(environment, 'network'));

    denyByDefault(this);
    for (const component of present) {
      allowFlows(this, component, flows, present, outsidersOf(environment));
    }
  }
}
