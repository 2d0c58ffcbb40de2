import { behind, type Call, calls } from '../../analysis/calls';
import { fileLines } from '../../analysis/settings';
import { type Variables, variableReader } from '../../analysis/variables';
import type { ContainerSpec, ObjectOf } from '../../manifests/kubernetes';
import type { Manifest } from '../../manifests/manifest';
import { containers, nameOf, ofKind, type Workload, workloads } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';

export const elasticsearch = rule({
  id: 'elasticsearch',
  what: 'Elasticsearch listens where nobody asks, is spoken to in another way than it answers, or hides its nodes from each other.',
  why: 'What the server is told stands in one file and what the others are told in many; nothing compares them. The pods start, and every request fails.',
  remedy:
    'Let elasticsearch.yml, the ports of its container, its Services and the addresses of its clients say the same.',
  link: 'https://www.elastic.co/docs/reference/elasticsearch/configuration-reference/networking-settings',
  needs: ['own'],
  find: ({ manifests }) =>
    ofKind(manifests, 'ConfigMap')
      .filter(({ data }) => data?.[FILE] !== undefined)
      .flatMap((map) => {
        const file: File = { where: `${nameOf(map)} data[${FILE}]`, told: toldIn(map) };
        return workloads(manifests)
          .filter((workload) => workload.serves && mounts(workload, map))
          .flatMap((server) => {
            const others = calls(manifests).filter(
              ({ workload, service }) => workload !== server && behind(service, manifests).includes(server),
            );
            const nodes = seedServices(file, manifests);
            return [
              ...ports(file, server),
              ...hosts(file),
              ...encryption(file, others, variableReader(manifests)),
              ...nodes.flatMap(hidden),
              ...others
                .filter(({ service }) => [...nodes, namesOf(server, manifests)].includes(service))
                .map(astray),
            ];
          });
      }),
});

const FILE = 'elasticsearch.yml';

interface File {
  readonly where: string;
  readonly told: ReadonlyMap<string, string>;
}

const toldIn = (map: Manifest): ReadonlyMap<string, string> =>
  new Map(
    fileLines(map, FILE).map(({ name = '', value }) => [name, value.trim().replace(/^["']|["']$/g, '')]),
  );

const mounts = ({ pod }: Workload, map: Manifest): boolean =>
  (pod.volumes ?? []).some(({ configMap }) => configMap?.name === map.metadata.name);

/** Every port that the container declares is one that the file opens: Services and probes lead there. */
function ports({ where, told }: File, server: Workload): Finding[] {
  const opened = [
    told.get('http.port') ?? '9200',
    told.get('transport.port') ?? '9300',
    told.get('readiness.port'),
  ].map(Number);
  return containers(server)
    .flatMap(({ spec }) => spec.ports ?? [])
    .filter(({ containerPort }) => !opened.includes(Number(containerPort)))
    .map(({ containerPort, name }) => ({
      where,
      value: containerPort,
      wrong: `is declared by ${server.name}, and this file opens it nowhere`,
      remedy: `Set ${name}.port to it, or declare the port that the server opens`,
    }));
}

const HOSTS = ['network.host', 'network.bind_host', 'network.publish_host', 'http.host', 'transport.host'];
const LOCAL = /^(_local_|localhost|127\.|::1)/;

/** Without a word about it, Elasticsearch talks to its own machine alone. */
const hosts = ({ where, told }: File): Finding[] =>
  HOSTS.map((name) => [name, told.get(name) ?? (name === 'network.host' ? '_local_' : '')] as const)
    .filter(([, host]) => LOCAL.test(host))
    .map(([name, host]) => ({
      where,
      value: `${name}: ${host}`,
      wrong: 'is an address that no other pod reaches',
      remedy: 'Set network.host to 0.0.0.0, and network.publish_host to the address of the pod',
    }));

/** A client is told by the scheme of a URL, or by the certificate of the authority that belongs to a host. */
function encryption(
  { where, told }: File,
  clients: readonly Call[],
  variablesOf: (container: ContainerSpec) => Variables,
) {
  const encrypted = told.get('xpack.security.http.ssl.enabled') === 'true';
  return clients.flatMap(({ container, variable }): Finding[] => {
    const variables = variablesOf(container.spec);
    const value = variables.get(variable) ?? '';
    const [, scheme] = /^(https?):\/\//i.exec(value) ?? [];
    const expects = scheme
      ? scheme.toLowerCase() === 'https'
      : variables.has(variable.replace(/HOST(NAME)?$/, 'CA_FILE'));
    if (expects === encrypted) return [];
    return [
      {
        where: `${container.path}.env[${variable}]`,
        value,
        wrong: encrypted
          ? 'is spoken to in the clear, and answers encrypted only'
          : 'is spoken to encrypted, and answers in the clear',
        remedy: `Tell both the same; the server by xpack.security.http.ssl.enabled in ${where}`,
      },
    ];
  });
}

/** The Services by which nodes look for each other. */
function seedServices({ told }: File, manifests: readonly Manifest[]): ObjectOf<'Service'>[] {
  const names = (told.get('discovery.seed_hosts') ?? '').split(/[^\w.-]+/);
  return ofKind(manifests, 'Service').filter(({ metadata }) => names.includes(metadata.name));
}

/** The Service by which each node has a name. */
const namesOf = ({ manifest }: Workload, manifests: readonly Manifest[]): Manifest | undefined =>
  ofKind(manifests, 'Service').find(({ metadata }) => metadata.name === manifest.spec?.serviceName);

function hidden(service: ObjectOf<'Service'>): Finding[] {
  const value = service.spec?.publishNotReadyAddresses;
  if (value === true) return [];
  return [
    {
      where: `${nameOf(service)} spec.publishNotReadyAddresses`,
      value,
      wrong: 'hides nodes that are not ready, and they are ready only when they have found each other',
      remedy: 'Set it to true',
    },
  ];
}

const astray = ({ container, variable, host }: Call): Finding => ({
  where: `${container.path}.env[${variable}]`,
  value: host,
  wrong: 'gives names to the nodes: it leads to those that are not ready as well',
  remedy: 'Use the Service that is made for clients',
});
