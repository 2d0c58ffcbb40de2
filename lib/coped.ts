import { ApiObject, App } from 'cdk8s';
import type { Environment } from './environments/environment';
import type { ComponentName } from './network/flows';
import { DataTier } from './tiers/data';
import { EdgeTier } from './tiers/edge';
import { FoundationTier } from './tiers/foundation';
import { NetworkTier } from './tiers/network';
import { OperationsTier } from './tiers/operations';
import { WebTier } from './tiers/web';

/** One environment's whole system. Tiers become files; their numbers are the order of `kubectl apply`. */
export function coped(environment: Environment): App {
  const app = new App();
  new FoundationTier(app, environment);
  const data = new DataTier(app, environment);
  const web = new WebTier(app, environment, data);
  new EdgeTier(app, environment, web);
  new OperationsTier(app, environment, data, web);
  new NetworkTier(app, environment, componentsIn(app));
  return app;
}

const RUNS_PODS = ['CronJob', 'Deployment', 'Job', 'StatefulSet'];

/** Whatever has pods gets a network policy: nobody has to remember to ask for one. */
const componentsIn = (app: App): ComponentName[] =>
  app.node
    .findAll()
    .filter((node): node is ApiObject => ApiObject.isApiObject(node) && RUNS_PODS.includes(node.kind))
    .map((workload) => workload.name as ComponentName);
