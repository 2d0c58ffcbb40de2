import { behind } from '../checker/analysis/calls';
import { references } from '../checker/manifests/references';
import { fieldOf, listOf, nameOf, ofKind, workloads } from '../checker/manifests/workloads';
import { componentOf } from '../checker/reachability/matrix';
import { backends, pathsOf } from '../checker/rules/ingress/routes';
import { rule } from './rule';

export const ingressFlows = rule({
  id: 'ingress-flows',
  what: 'An Ingress routes to a component that users must not reach, or misses one that they should.',
  why: 'A missing route is a 404, and a route to the wrong component waits for an answer that the network policies forbid. Nothing in Kubernetes compares the two.',
  remedy: 'Route to the components that the flow table lets the ingress controller reach, each of them.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/ingress/',
  needs: ['flows'],
  find: ({ manifests, flows }) => {
    const ingresses = ofKind(manifests, 'Ingress');
    if (ingresses.length === 0) return [];
    const reachable = new Set(
      flows.filter(({ from }) => from.includes('ingress-controller')).map(({ to }) => to as string),
    );
    const routed = ingresses.flatMap((ingress) =>
      backends(ingress).flatMap(({ service: { name } = {} }) =>
        ofKind(manifests, 'Service')
          .filter(({ metadata }) => metadata.name === name)
          .flatMap((service) => behind(service, manifests))
          .map((workload) => ({
            where: `${nameOf(ingress)} spec.rules`,
            name,
            component: componentOf(workload),
          })),
      ),
    );
    const present = new Set(workloads(manifests).map(componentOf));
    return [
      ...routed
        .filter(({ component }) => !reachable.has(component))
        .map(({ where, name, component }) => ({
          where,
          value: name,
          wrong: `leads to ${component}, which the flow table does not let users reach`,
          remedy: 'Route to another Service, or add a line with its reason to lib/network/flows.ts',
        })),
      ...[...reachable]
        .filter(
          (component) => present.has(component) && !routed.some((route) => route.component === component),
        )
        .map((component) => ({
          where: `${ingresses.map(nameOf)[0]} spec.rules`,
          wrong: `has no path to ${component}, which users should reach`,
          remedy: 'Add a path to its Service, or remove its line from lib/network/flows.ts',
        })),
    ];
  },
});

export const strippedPrefixes = rule({
  id: 'stripped-prefixes',
  what: 'A prefix is taken off at the edge, and not routed by the Ingress that asks for it.',
  why: 'What is not routed there reaches another program, which answers 404. Without its last slash the prefix is a path of its own.',
  remedy: 'Let the Ingress that names the Middleware route the prefix with a slash and without.',
  link: 'https://doc.traefik.io/traefik/middlewares/http/stripprefix/',
  find: ({ manifests }) =>
    ofKind(manifests, 'Ingress').map((ingress) => {
      const routed = pathsOf(ingress).map(({ path }) => path);
      return references(manifests)
        .filter(({ kind, from }) => kind === 'Middleware' && from === ingress)
        .map(({ name }) => {
          const middleware = manifests.find((one) => one.kind === 'Middleware' && one.metadata.name === name);
          return listOf(fieldOf(fieldOf(middleware?.['spec'], 'stripPrefix'), 'prefixes'))
            .flatMap((prefix) => [`${prefix}`, `${prefix}/`])
            .filter((path) => !routed.includes(path))
            .map((path) => ({
              where: `${nameOf(ingress)} spec.rules`,
              value: path,
              wrong: `is not routed, although Middleware/${name} is there for it`,
              remedy: 'Add the path',
            }));
        });
    }),
});
