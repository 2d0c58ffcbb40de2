import type { Json, Manifest } from '../../manifests/manifest';
import { selected } from '../../manifests/selected';
import { nameOf, ofKind } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { componentOf } from '../../reachability/matrix';
import { rule } from '../../rule';

export const paths = rule({
  id: 'paths',
  what: 'An Ingress leads a path to a program that does not answer there.',
  why: 'Service, port and policy are all right, and people see "not found": only the program knows below which path it answers.',
  remedy:
    'Use the path that the program is made for, with pathType: Prefix; if the program has changed, change checker/rules/software/software-needs/.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types',
  needs: ['software'],
  find: ({ manifests, software }) =>
    ofKind(manifests, 'Ingress').flatMap((ingress) =>
      (ingress.spec?.rules ?? []).flatMap((given: Json, i: number) =>
        (given?.http?.paths ?? []).flatMap(({ path, pathType, backend }: Json): Finding[] => {
          const wanted = new Set(
            behind(ingress, backend?.service?.name, manifests).flatMap((component) =>
              Object.values(software[component] ?? {}).flatMap((needs) => needs.path ?? []),
            ),
          );
          if (wanted.size === 0 || (wanted.has(path) && pathType === 'Prefix')) return [];
          return [
            {
              where: `${nameOf(ingress)} spec.rules[${i}].http.paths[${path}]`,
              value: { path, pathType },
              wrong: `is not where ${backend.service.name} answers`,
              remedy: `Use ${[...wanted].join(' or ')} with pathType: Prefix`,
            },
          ];
        }),
      ),
    ),
});

const behind = (ingress: Manifest, name: string, manifests: readonly Manifest[]): string[] =>
  ofKind(manifests, 'Service')
    .filter(({ metadata, spec }) => metadata.name === name && spec?.selector)
    .flatMap((service) =>
      selected(manifests, { ...ingress, kind: 'Service' }, { matchLabels: service.spec.selector }).map(
        componentOf,
      ),
    );
