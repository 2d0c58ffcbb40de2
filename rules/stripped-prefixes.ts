import { references } from '../checker/manifests/references';
import { fieldOf, listOf, nameOf, ofKind } from '../checker/manifests/workloads';
import { pathsOf } from '../checker/rules/ingress/routes';
import { rule } from './rule';

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
