import type { Environment } from './environment';
import type { SettingProblem } from './problem';

/** Ports of every node at which a laptop's ingress controller answers: see local/traefik/objects.yml. */
export const CONTROLLER_NODE_PORTS = [30080, 30443];

/** What no two environments may have. */
export function notUnique(environments: readonly Environment[]): SettingProblem[] {
  const hosts = new Map<string, string>();
  const ports = new Map(CONTROLLER_NODE_PORTS.map((port) => [port, 'the ingress controller']));
  return [
    ...environments.flatMap((environment) => sameHost(environment, hosts)),
    ...environments.flatMap((environment) => sameNodePort(environment, ports)),
  ];
}

/** @param taken host → the first environment that has it; this one's is added */
function sameHost({ name, kind, host }: Environment, taken: Map<string, string>): SettingProblem[] {
  const other = taken.get(host);
  if (other === undefined) taken.set(host, name);
  // Every laptop's site is at localhost.
  if (other === undefined || other === name || kind !== 'hosted') return [];
  const wrong = `is the host of ${other}, too: browsers would reach one of the two`;
  return [{ environment: name, where: 'host', value: host, wrong, remedy: 'Give each a name of its own' }];
}

/** @param taken port → who has it; this environment's are added */
function sameNodePort(environment: Environment, taken: Map<number, string>): SettingProblem[] {
  const own = nodePortsOf(environment);
  const problems = own.flatMap(({ key, port }, i) => {
    const owner = own.slice(0, i).find((earlier) => earlier.port === port)?.key ?? taken.get(port);
    const wrong = `is the port of ${owner}: a node has each of its ports once`;
    const remedy = 'Choose another one, from 30000 to 32767';
    return owner ? [{ environment: environment.name, where: `${key}.port`, value: port, wrong, remedy }] : [];
  });
  for (const { key, port } of own) taken.set(port, `${key} of ${environment.name}`);
  return problems;
}

const nodePortsOf = ({ web, api }: Environment): { key: string; port: number }[] =>
  Object.entries({ web, api }).flatMap(([key, { nodePort } = {}]) =>
    nodePort ? [{ key: `${key}.nodePort`, port: nodePort.port }] : [],
  );
