import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { componentsIn, ownIn } from './components';
import type { AnyComponent, Given, Surroundings, Tier } from './components/component';
import { imageOf } from './components/images';
import { secretsOf } from './components/secrets';
import { type Environment, hostsOf, namespaceOf, requiresRealSecrets } from './environments/environment';
import { foundation } from './foundation';
import { type Identity, labelObjects, tierLabels } from './kubernetes/labels';
import { place } from './kubernetes/placement';
import { flowsIn, outsidersOf } from './network/outsiders';
import { allowFlows, denyByDefault } from './network/policies';

/** One environment's whole system. Tiers become files; their numbers are the order of `kubectl apply`. */
export function coped(environment: Environment): App {
  const app = new App();
  foundation(tierOf(app, environment, '00-foundation'), environment);
  const network = tierOf(app, environment, '10-network');
  const tiers: Readonly<Record<Tier, Chart>> = {
    data: tierOf(app, environment, '20-data'),
    web: tierOf(app, environment, '30-web'),
    edge: tierOf(app, environment, '40-edge'),
    operations: tierOf(app, environment, '50-operations'),
  };

  const present = componentsIn(environment);
  const surroundings = surroundingsOf(environment, present);
  const connections = new Map<AnyComponent, unknown>();
  for (const component of present) {
    const scope = new Construct(tiers[component.tier], component.name);
    const identity = identityOf(component, environment);
    const settings = settingsOf(component, environment);
    const given: Given<unknown, unknown> = {
      scope,
      identity,
      image: identity.image,
      ports: component.ports ?? {},
      settings,
      secrets: secretsOf(component, settings),
      environment: surroundings,
      use: (other) => connections.get(other) as never,
    };
    connections.set(component, component.build(given as never));
    labelObjects(scope, identity);
  }

  place(app, environment.cluster);

  denyByDefault(network);
  const withPods = ownIn(environment).filter(({ configuration }) => !configuration);
  const names = withPods.map(({ name }) => name);
  const flows = flowsIn(environment);
  const outsiders = outsidersOf(environment);
  for (const component of withPods) {
    const scope = new Construct(network, component.name);
    allowFlows(scope, component.name, flows, names, outsiders);
    labelObjects(scope, identityOf(component, environment));
  }
  return app;
}

const identityOf = (component: AnyComponent, { images }: Environment): Identity => ({
  component: component.name,
  software: component.software,
  image: imageOf(component, images),
});

const tierOf = (app: App, environment: Environment, id: string): Chart =>
  new Chart(app, id, {
    namespace: namespaceOf(environment),
    labels: tierLabels(environment.name, id.replace(/^\d+-/, '')),
    disableResourceNameHashes: true,
  });

const settingsOf = ({ name }: AnyComponent, environment: Environment) =>
  (environment as Readonly<Record<string, unknown>>)[name] as never;

const surroundingsOf = (environment: Environment, present: readonly AnyComponent[]): Surroundings => ({
  application: environment.application,
  components: present.map(({ name }) => name),
  namespace: namespaceOf(environment),
  hosts: hostsOf(environment),
  keepData: environment.keepData,
  resilient: environment.resilient,
  realSecrets: requiresRealSecrets(environment),
  release: environment.images.django,
  certificates: environment.certificates,
});
