import { behind, type Call, calls } from '../../analysis/calls';
import { fileLines } from '../../analysis/settings';
import { type Variables, variableReader } from '../../analysis/variables';
import { sourcesOf } from '../../analysis/volume-sources';
import { grouped } from '../../manifests/grouped';
import type { ContainerSpec, ObjectOf } from '../../manifests/kubernetes';
import type { Manifest } from '../../manifests/manifest';
import { containers, nameOf, ofKind, once, type Workload, workloads } from '../../manifests/workloads';
import { type Findings, rule } from '../../rule';

export const elasticsearch = rule({
  id: 'elasticsearch',
  what: 'Elasticsearch listens on another address or port than declared, uses TLS where its clients do not, or hides its nodes from each other.',
  why: 'The settings of the server are in one file and those of its clients in many; nothing compares them. The pods start, and every request fails.',
  remedy:
    'Make elasticsearch.yml, the ports of its container, its Services and the addresses of its clients agree.',
  link: 'https://www.elastic.co/docs/reference/elasticsearch/configuration-reference/networking-settings',
  needs: ['own'],
  find: ({ manifests }) =>
    ofKind(manifests, 'ConfigMap')
      .filter(({ data }) => data?.[FILE] !== undefined)
      .flatMap((map) => {
        const file: File = { where: `${nameOf(map)} data[${FILE}]`, settings: settingsIn(map) };
        return (readers(manifests).get(map.metadata.name) ?? []).flatMap((server) => {
          const others = (callsTo(manifests).get(server) ?? []).filter(({ workload }) => workload !== server);
          const nodes = seedServices(file, manifests);
          const perNode = namesOf(server, manifests);
          return [
            ports(file, server),
            hosts(file),
            encryption(file, others, variableReader(manifests)),
            nodes.map(hidden),
            others.filter(({ service }) => service === perNode || nodes.includes(service)).map(callsNodes),
          ];
        });
      }),
});

const FILE = 'elasticsearch.yml';

const callsTo = once((manifests: readonly Manifest[]) =>
  grouped(
    calls(manifests).flatMap((call) =>
      behind(call.service, manifests).map((server) => [server, call] as const),
    ),
  ),
);

interface File {
  readonly where: string;
  readonly settings: ReadonlyMap<string, string>;
}

const settingsIn = (map: Manifest): ReadonlyMap<string, string> =>
  new Map(
    fileLines(map, FILE).map(({ name = '', value }) => [name, value.trim().replace(/^["']|["']$/g, '')]),
  );

/** The servers that mount a ConfigMap, by its name. */
const readers = once((manifests: readonly Manifest[]) =>
  grouped(
    workloads(manifests).flatMap((workload) => {
      const sources = (workload.serves ? (workload.pod.volumes ?? []) : []).flatMap(sourcesOf);
      const names = new Set(sources.flatMap(({ kind, name }) => (kind === 'ConfigMap' ? name : [])));
      return [...names].map((name) => [name, workload] as const);
    }),
  ),
);

/** Every port that the container declares is one that the file opens: Services and probes lead there. */
function ports({ where, settings }: File, server: Workload): Findings {
  const opened = [
    settings.get('http.port') ?? '9200',
    settings.get('transport.port') ?? '9300',
    settings.get('readiness.port'),
  ].map(Number);
  return containers(server)
    .flatMap(({ spec }) => spec.ports ?? [])
    .filter(({ containerPort }) => !opened.includes(Number(containerPort)))
    .map(({ containerPort, name }) => ({
      where,
      value: containerPort,
      wrong: `is declared by ${server.name}, and not opened in this file`,
      remedy: `Set ${name}.port to it, or declare the port that the server opens`,
    }));
}

const HOSTS = ['network.host', 'network.bind_host', 'network.publish_host', 'http.host', 'transport.host'];
const LOCAL = /^(_local_|localhost|127\.|::1)/;

/** By default, Elasticsearch listens on its own machine only. */
const hosts = ({ where, settings }: File): Findings =>
  HOSTS.map((name) => [name, settings.get(name) ?? (name === 'network.host' ? '_local_' : '')] as const)
    .filter(([, host]) => LOCAL.test(host))
    .map(([name, host]) => ({
      where,
      value: `${name}: ${host}`,
      wrong: 'is an address that other pods cannot reach',
      remedy: 'Set network.host to 0.0.0.0, and network.publish_host to the address of the pod',
    }));

/** A client uses TLS by the scheme of a URL, or by the CA certificate that belongs to a host. */
function encryption(
  { where, settings }: File,
  clients: readonly Call[],
  variablesOf: (container: ContainerSpec) => Variables,
): Findings {
  const encrypted = settings.get('xpack.security.http.ssl.enabled') === 'true';
  return clients.map(({ container, variable }) => {
    const variables = variablesOf(container.spec);
    const value = variables.get(variable) ?? '';
    const [, scheme] = /^(https?):\/\//i.exec(value) ?? [];
    const expects = scheme
      ? scheme.toLowerCase() === 'https'
      : variables.has(variable.replace(/HOST(NAME)?$/, 'CA_FILE'));
    return (
      expects !== encrypted && {
        where: `${container.path}.env[${variable}]`,
        value,
        wrong: encrypted
          ? 'is called without TLS, and the server requires it'
          : 'is called with TLS, and the server does not use it',
        remedy: `Set both to the same; the server by xpack.security.http.ssl.enabled in ${where}`,
      }
    );
  });
}

/** The Services by which nodes look for each other. */
function seedServices({ settings }: File, manifests: readonly Manifest[]): ObjectOf<'Service'>[] {
  const names = (settings.get('discovery.seed_hosts') ?? '').split(/[^\w.-]+/);
  return ofKind(manifests, 'Service').filter(({ metadata }) => names.includes(metadata.name));
}

/** The Service by which each node has a name. */
const namesOf = ({ manifest }: Workload, manifests: readonly Manifest[]): Manifest | undefined =>
  ofKind(manifests, 'Service').find(({ metadata }) => metadata.name === manifest.spec?.serviceName);

const hidden = (service: ObjectOf<'Service'>): Findings =>
  service.spec?.publishNotReadyAddresses !== true && {
    where: `${nameOf(service)} spec.publishNotReadyAddresses`,
    value: service.spec?.publishNotReadyAddresses,
    wrong: 'hides nodes that are not ready, and nodes become ready only after they have found each other',
    remedy: 'Set it to true',
  };

const callsNodes = ({ container, variable, host }: Call): Findings => ({
  where: `${container.path}.env[${variable}]`,
  value: host,
  wrong: 'is the Service of the nodes, which leads to nodes that are not ready, too',
  remedy: 'Use the Service for clients',
});
