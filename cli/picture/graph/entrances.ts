import type { ObjectOf } from '../../../checker/manifests/kubernetes';
import type { Manifest } from '../../../checker/manifests/manifest';
import { namespaceOf } from '../../../checker/manifests/namespaces';
import { selected } from '../../../checker/manifests/selected';
import { containers, ofKind, type Workload } from '../../../checker/manifests/workloads';
import { componentOf } from '../../../checker/reachability/matrix';
import { areaOf } from './components';
import { fact, type Link, type Party } from './graph';

/** The outsiders of the flow table through which an Ingress and a node port are served. */
const CONTROLLER = 'ingress-controller';
const NODE_PORT = 'node-port';
const BROWSERS = 'browsers';

/** What leads from an entrance to a component, if the policies allow it. */
export type Route = Pick<Link, 'from' | 'to' | 'port' | 'via'>;

interface Entrances {
  readonly parties: readonly Party[];
  /** From browsers to the entrances. */
  readonly links: readonly Link[];
  readonly routes: readonly Route[];
}

/** Where browsers come in: addresses and their paths, and node ports. */
export function entrances(manifests: readonly Manifest[]): Entrances {
  const ingresses = ofKind(manifests, 'Ingress');
  const nodePorts = ofKind(manifests, 'Service').filter(({ spec }) => spec?.type === 'NodePort');
  const entries = [
    ...(ingresses.length > 0
      ? [{ to: CONTROLLER, port: ingresses.some(({ spec }) => spec?.tls) ? 'HTTPS' : 'HTTP' }]
      : []),
    ...nodePorts.flatMap(({ spec }) =>
      (spec?.ports ?? []).map(({ nodePort = 'chosen later' }) => ({
        to: NODE_PORT,
        port: String(nodePort),
      })),
    ),
  ];
  if (entries.length === 0) return { parties: [], links: [], routes: [] };
  return {
    parties: [
      { ...OUTSIDER, id: BROWSERS, title: 'Browsers' },
      ...(ingresses.length > 0 ? [ingressParty(manifests, ingresses)] : []),
      ...(nodePorts.length > 0
        ? [{ ...OUTSIDER, id: NODE_PORT, title: 'Node port', facts: [fact('what', 'of every machine')] }]
        : []),
    ],
    links: entries.map((entry) => ({ ...entry, from: BROWSERS, refused: false, change: 'same' })),
    routes: [
      ...ingresses.flatMap((ingress) => routesOf(manifests, ingress)),
      ...nodePorts.flatMap((service) =>
        (service.spec?.ports ?? []).flatMap((port) => portsBehind(manifests, service, port, NODE_PORT)),
      ),
    ],
  };
}

const OUTSIDER = { role: 'outsider', several: false, facts: [], change: 'same' } as const;

function ingressParty(manifests: readonly Manifest[], ingresses: readonly ObjectOf<'Ingress'>[]): Party {
  const hosts = ingresses.flatMap(({ spec }) => (spec?.rules ?? []).map(({ host = '*' }) => host));
  const secrets = ingresses.flatMap(({ spec }) =>
    (spec?.tls ?? []).map(({ secretName }) => String(secretName)),
  );
  const classes = ingresses.map(({ spec }) => spec?.ingressClassName ?? 'the default one');
  return {
    ...OUTSIDER,
    id: CONTROLLER,
    title: 'Ingress',
    role: 'entrance',
    area: ingresses.map(areaOf).find(Boolean),
    facts: [
      ...[...new Set(hosts)].map((host) => fact(`host ${host}`, host)),
      ...[...new Set(secrets)].map((name) => fact(`tls ${name}`, certificateOf(manifests, name))),
      ...[...new Set(classes)].map((name) => fact(`class ${name}`, `served by ${name}`)),
    ],
  };
}

function certificateOf(manifests: readonly Manifest[], secret: string): string {
  const issuer = ofKind(manifests, 'Certificate').find(({ spec }) => spec?.secretName === secret)?.spec
    ?.issuerRef?.name;
  return issuer ? `certificate by ${issuer}` : `certificate in ${secret}`;
}

/** The paths of an Ingress, as the ports that pods behind them listen on. */
function routesOf(manifests: readonly Manifest[], ingress: ObjectOf<'Ingress'>): Route[] {
  const { rules = [], defaultBackend } = ingress.spec ?? {};
  const paths = rules.flatMap(({ host, http }) =>
    (http?.paths ?? []).map(({ path = '/', backend }): [string, typeof defaultBackend] => [
      rules.length > 1 ? `${host ?? '*'}${path}` : path,
      backend,
    ]),
  );
  if (defaultBackend) paths.push(['anything else', defaultBackend]);
  return paths.flatMap(([via, backend]) => {
    const { name, port } = backend?.service ?? {};
    const [service] = ofKind(manifests, 'Service').filter(
      (one) => one.metadata.name === name && namespaceOf(one) === namespaceOf(ingress),
    );
    const found = service?.spec?.ports?.find((one) =>
      port?.name === undefined ? one.port === port?.number : one.name === port.name,
    );
    return service && found ? portsBehind(manifests, service, found, CONTROLLER, via) : [];
  });
}

/** The pods behind a Service, and their port behind its port. */
const portsBehind = (
  manifests: readonly Manifest[],
  service: ObjectOf<'Service'>,
  { port, targetPort = port }: { readonly port?: number; readonly targetPort?: number | string },
  from: string,
  via?: string,
): Route[] =>
  selected(manifests, service, { matchLabels: service.spec?.selector ?? {} }).map((workload) => ({
    from,
    to: componentOf(workload),
    port: String(numberOf(workload, targetPort)),
    via,
  }));

const numberOf = (workload: Workload, port: number | string | undefined): number | string | undefined =>
  containers(workload)
    .flatMap(({ spec }) => spec.ports ?? [])
    .find(({ name }) => name === port)?.containerPort ?? port;
