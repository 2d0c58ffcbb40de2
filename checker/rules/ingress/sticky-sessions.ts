import { behind } from '../../analysis/calls';
import { scaleOf } from '../../analysis/capacity';
import type { Json, Manifest } from '../../manifests/manifest';
import { nameOf, ofKind, type Workload, workloads } from '../../manifests/workloads';
import { componentOf } from '../../reachability/matrix';
import { rule } from '../../rule';

export const stickySessions = rule({
  id: 'sticky-sessions',
  what: 'Several pods share visitors, although each keeps something that only it has.',
  why: 'A kernel lives in one pod. A browser whose next request goes to another one finds its dashboard dead, and only sometimes: nobody sees it when trying it out.',
  remedy:
    'Tell the ingress controller to keep a browser with its pod, in annotations of the Service or the Ingress; or run one pod.',
  link: 'https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/ingress/',
  needs: ['software'],
  find: ({ manifests, software }) =>
    workloads(manifests)
      .filter((workload) =>
        Object.values(software[componentOf(workload)] ?? {}).some(({ remembers }) => remembers),
      )
      .filter((workload) => scaleOf(workload, manifests).max > 1)
      .flatMap((workload) => published(workload, manifests))
      .filter(({ service, ingress }) => ![service, ingress].some(keepsVisitors))
      .map(({ service, workload, ingress }) => ({
        where: `${nameOf(service)} metadata.annotations`,
        wrong: `do not keep a browser with one of the pods of ${workload.name}, and ${nameOf(ingress)} does not either`,
        remedy: 'Set dashboards.serviceAnnotations or ingress.annotations',
      })),
});

/** The words that controllers have for it. */
const KEEPS = /sticky|stickiness|affinity|persisten|cookie|session|hash|backend-config|upstream-policy/i;

const keepsVisitors = ({ metadata }: Manifest): boolean =>
  Object.entries(metadata.annotations ?? {}).some(([key, value]) => KEEPS.test(`${key} ${value}`));

/** How an Ingress leads to the pods. */
const published = (workload: Workload, manifests: readonly Manifest[]) =>
  ofKind(manifests, 'Service')
    .filter((service) => behind(service, manifests).includes(workload))
    .flatMap((service) =>
      ofKind(manifests, 'Ingress')
        .filter((ingress) => backends(ingress).includes(service.metadata.name))
        .map((ingress) => ({ workload, service, ingress })),
    );

const backends = ({ spec }: Manifest): string[] =>
  (spec?.rules ?? []).flatMap(({ http }: Json) =>
    (http?.paths ?? []).map(({ backend }: Json) => backend?.service?.name),
  );
