import type { Environment } from './environment';
import type { SettingProblem } from './problem';

/** Ports of every node at which a laptop's ingress controller answers: see local/traefik/objects.yml. */
export const CONTROLLER_NODE_PORTS = [30080, 30443];

/** What no two environments may have. */
export const notUnique = (environments: readonly Environment[]): SettingProblem[] => [
  ...environments.flatMap((environment, i) => sameHost(environment, environments.slice(0, i))),
  ...environments.flatMap((environment, i) => sameNodePort(environment, environments.slice(0, i))),
];

function sameHost({ name, kind, host }: Environment, others: readonly Environment[]): SettingProblem[] {
  // Every laptop's site is at localhost.
  const other =
    kind === 'hosted'
      ? others.find((candidate) => candidate.host === host && candidate.name !== name)
      : undefined;
  if (!other) return [];
  const wrong = `is the host of ${other.name}, too: browsers would reach one of the two`;
  return [{ environment: name, where: 'host', value: host, wrong, remedy: 'Give each a name of its own' }];
}

function sameNodePort(environment: Environment, others: readonly Environment[]): SettingProblem[] {
  const taken = new Map<number, string>([
    ...CONTROLLER_NODE_PORTS.map((port): [number, string] => [port, 'the ingress controller']),
    ...others.flatMap((other) =>
      nodePortsOf(other).map(({ port, key }): [number, string] => [port, `${key} of ${other.name}`]),
    ),
  ]);
  return nodePortsOf(environment).flatMap(({ key, port }, i, own) => {
    const owner = own.slice(0, i).find((earlier) => earlier.port === port)?.key ?? taken.get(port);
    const wrong = `is the port of ${owner}: a node has each of its ports once`;
    const remedy = 'Choose another one, from 30000 to 32767';
    return owner ? [{ environment: environment.name, where: `${key}.port`, value: port, wrong, remedy }] : [];
  });
}

const nodePortsOf = ({ web, api }: Environment): { key: string; port: number }[] =>
  Object.entries({ web, api }).flatMap(([key, { nodePort } = {}]) =>
    nodePort ? [{ key: `${key}.nodePort`, port: nodePort.port }] : [],
  );
