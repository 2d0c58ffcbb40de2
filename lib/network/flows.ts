import type { Call } from '../application';
import { type ComponentName, componentNames, components } from '../components';

/** Peers that are not ours: what they are in a given cluster is a value of the environment. */
export const outsiderNames = ['ingress-controller', 'node-port', 'dns', 'internet'] as const;
export type OutsiderName = (typeof outsiderNames)[number];

type Component = (typeof components)[number];
type PortOf<Name> = keyof Extract<Component, { readonly name: Name }>['ports'];
type IsOne<Names, All = Names> = Names extends unknown ? ([All] extends [Names] ? true : false) : never;

/** A line of the table. The port is named where the receiver has several: the compiler asks for it. */
export type Line = {
  readonly from: readonly (ComponentName | OutsiderName)[];
  /** It holds only where this component is left out. */
  readonly without?: ComponentName;
  readonly why: string;
} & (
  | { readonly to: 'dns' }
  | {
      readonly [To in ComponentName]: true extends IsOne<PortOf<To>>
        ? { readonly to: To; readonly port?: PortOf<To> }
        : { readonly to: To; readonly port: PortOf<To> };
    }[ComponentName]
);

/**
 * Who may talk to whom: the whole table, written by hand because it is the security boundary. Whatever is not in it is
 * denied, in both directions. Lines about components that an environment does not have (backup on a laptop) have no effect there.
 */
const table: readonly Line[] = [
  { from: ['ingress-controller'], to: 'web', why: 'people open the site' },
  { from: ['ingress-controller'], to: 'api', why: 'programs and browsers call /api/' },
  { from: ['ingress-controller'], to: 'dashboards', why: 'people open /dashboards/' },
  { from: ['ingress-controller'], to: 'metabase', why: 'people open /metabase/' },
  { from: ['ingress-controller'], to: 'static', why: 'browsers get /static/, which Django does not answer' },
  { from: ['node-port'], to: 'web', why: 'a laptop opens localhost:8000, past the ingress' },

  {
    from: ['web', 'api', 'migrate', 'worker', 'beat', 'command'],
    to: 'postgres',
    why: 'Django keeps its data there',
  },
  {
    from: ['web', 'api', 'migrate', 'worker', 'command'],
    to: 'elasticsearch',
    port: 'http',
    why: 'Django searches and indexes there',
  },
  { from: ['web', 'api', 'migrate', 'worker', 'beat', 'command'], to: 'redis', why: 'the queue of tasks' },
  {
    from: ['web', 'migrate', 'worker', 'beat', 'command'],
    to: 'metabase',
    why: 'Django signs people in there',
  },
  { from: ['metabase'], to: 'postgres', why: 'it has a database there, and shows data of others' },
  { from: ['dashboards'], to: 'api', why: 'notebooks read data through the API only' },
  {
    from: ['dashboards'],
    to: 'web',
    without: 'api',
    why: 'notebooks read data through the API, which web answers',
  },

  { from: ['postgres-bootstrap'], to: 'postgres', why: 'creates the database and its roles' },
  {
    from: ['elasticsearch-bootstrap'],
    to: 'elasticsearch',
    port: 'http',
    why: 'creates the role and user of Django',
  },
  { from: ['backup'], to: 'postgres', why: 'pg_dump reads every table' },
  { from: ['elasticsearch'], to: 'elasticsearch', port: 'transport', why: 'nodes form one cluster' },

  {
    from: [
      'web',
      'api',
      'migrate',
      'worker',
      'beat',
      'command',
      'metabase',
      'dashboards',
      'postgres-bootstrap',
      'elasticsearch-bootstrap',
      'backup',
      'elasticsearch',
    ],
    to: 'dns',
    why: 'finds the services above by name',
  },
];

/** A connection that is allowed. */
export interface Flow {
  readonly from: readonly (ComponentName | OutsiderName)[];
  readonly to: ComponentName | OutsiderName;
  /** The port the receiving container listens on; policies see it, not the Service's port. */
  readonly port: number;
  /** @default ['TCP'] */
  readonly protocols?: readonly ('TCP' | 'UDP')[];
  /** One sentence for the reviewer. */
  readonly why: string;
}

/** The table with the numbers of its ports, as it holds among these components, and what the application calls besides. */
export const flowsAmong = (
  names: readonly string[],
  outside: Ports,
  calls: readonly Call[] = [],
): readonly Flow[] => [
  ...table
    .filter(({ without }) => without === undefined || !names.includes(without))
    .map((line) => ({ ...line, from: line.from.filter((name) => !isAbsent(name, names)) }))
    .filter(({ from, to }) => from.length > 0 && !isAbsent(to, names))
    .flatMap((line) => numbered(line, outside)),
  // That they name components of the environment, the schema checks.
  ...calls.map(({ from, ...call }) => ({ ...call, from: from as readonly string[] as ComponentName[] })),
];

/** A component that the environment leaves out. A name that is none stays in the table, for the rule that finds it. */
const isAbsent = (name: string, names: readonly string[]): boolean =>
  (componentNames as readonly string[]).includes(name) && !names.includes(name);

/** At which ports outsiders answer in a cluster. */
type Ports = Readonly<Partial<Record<OutsiderName, readonly number[]>>>;

/** Where an environment leaves nothing out. */
export const flows: readonly Flow[] = flowsAmong(componentNames, { dns: [53] });

function numbered({ without, ...line }: Line, { dns = [] }: Ports): Flow[] {
  if (line.to === 'dns') return dns.map((port) => ({ ...line, port, protocols: ['UDP', 'TCP'] }));
  const ports: Readonly<Record<string, number>> =
    components.find(({ name }) => name === line.to)?.ports ?? {};
  const port = line.port === undefined ? Object.values(ports)[0] : ports[line.port];
  return [{ ...line, port: port as number }];
}
