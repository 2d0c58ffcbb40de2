import type { Setting } from './settings';

/** A host that a setting names. */
export interface Host {
  readonly where: string;
  readonly host: string;
  readonly port?: number;
  /** The port is not written: it is what the scheme implies. */
  readonly implied?: boolean;
  /** Where the port is, if elsewhere. */
  readonly portWhere?: string;
  /** It is an address, whether anything answers there or not; otherwise it might be one. */
  readonly certain: boolean;
}

/** Schemes that lead to a host, and the port where none is given. Others name buckets, files and images. */
const SCHEMES: Readonly<Record<string, number | undefined>> = {
  amqp: 5672,
  amqps: 5671,
  ftp: 21,
  grpc: undefined,
  http: 80,
  https: 443,
  kafka: 9092,
  ldap: 389,
  ldaps: 636,
  mariadb: 3306,
  memcached: 11211,
  mongodb: 27017,
  mysql: 3306,
  nats: 4222,
  postgres: 5432,
  postgresql: 5432,
  redis: 6379,
  rediss: 6379,
  smtp: 25,
  tcp: undefined,
  udp: undefined,
  ws: 80,
  wss: 443,
};

const WORD = /^[a-z][a-z0-9-]*$/;
const LOOKS_LIKE_ONE = /:\/\/|:\d|\.svc/;
const URL = /([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i;
const HOST_AND_PORT = /^([a-z0-9][a-z0-9.-]*)(?::(\d+))?$/i;
const SERVICE_DNS = /\.svc(\.cluster\.local)?\.?$/i;

/** SQL_HOST, PGHOST, --db-host, discovery.seed_hosts. `HOST` alone is usually the program's own. */
const HOST_NAME = /^[A-Z][A-Z0-9_]*(HOST|HOSTNAME)S?$|[._-](host|hostname)s?$|[a-z](Host|Hostname)s?$/;
/** Names of what has a port as well. */
const ADDRESS_NAME =
  /(addr(ess)?(es)?|backends?|brokers?|dsn|endpoints?|hosts?|nodes|peers|servers?|upstreams?|ur[il]s?)$/i;
/** The program's own addresses, and names under which others ask for it. */
const OWN = /advertised|allowed|bind|external|image|listen|public|publish|tag$|trusted|version$|virtual/i;

/** Lower numbers after a colon are rather the version of an image. */
const LOWEST_PORT = 80;

/** Every host in a setting. `beside` are the settings of the same place: SQL_PORT belongs to SQL_HOST. */
export function hosts(setting: Setting, beside: readonly Setting[]): Host[] {
  const { where, name = '', value } = setting;
  const hasName = HOST_NAME.test(name);
  if (!hasName && !LOOKS_LIKE_ONE.test(value)) {
    // A word alone, such as the user `postgres`: perhaps a host.
    const word = value.slice(value.lastIndexOf('=') + 1);
    return WORD.test(word) ? [{ where, host: word, certain: false }] : [];
  }

  const own = OWN.test(name);
  // A list has nothing but commas between its entries; with spaces it is prose or a command.
  const list = value.replace(/^[\s"'[]+|[\s"'\],;]+$/g, '').split(/["']?\s*[,;]\s*["']?/);
  const isList = list.every((item) => !/\s/.test(item));

  return value.split(/[\s,;"'`[\]<>|]+/).flatMap((item): Host[] => {
    const url = URL.exec(item);
    if (url) {
      // ELASTIC_HOSTNAME may have a scheme, and ELASTIC_PORT its port.
      const port = hasName ? portOf(name, beside) : {};
      return ofUrl(url, where).map((one) =>
        one.implied && port.port ? { ...one, ...port, implied: false } : one,
      );
    }
    const [, host, digits] = HOST_AND_PORT.exec(item.replace(/^.*[=@]|\/.*$/g, '')) ?? [];
    if (!host) return [];
    const inCluster = SERVICE_DNS.test(host);
    if (!digits) {
      const certain = inCluster || (hasName && isList && !own && !item.includes('/'));
      const port = certain ? portOf(name, beside) : undefined;
      return isList || certain ? [{ where, host, ...port, certain }] : [];
    }
    const port = Number(digits);
    const certain = inCluster || (isList && !own && ADDRESS_NAME.test(name));
    return own || port < LOWEST_PORT ? [] : [{ where, host, port, certain }];
  });
}

function ofUrl([, scheme = '', authority = '']: RegExpExecArray, where: string): Host[] {
  const known = scheme.toLowerCase();
  if (!Object.hasOwn(SCHEMES, known)) return [];
  // What is before the @ may be a password: it is thrown away here.
  const address = authority.replace(/^.*@/, '');
  const [, host, colon, digits] = /^([a-z0-9][a-z0-9.-]*)(?![\w.$%{(-])(:(\d+)?)?/i.exec(address) ?? [];
  if (!host) return [];
  if (colon) return [{ where, host, port: digits ? Number(digits) : undefined, certain: true }];
  return [{ where, host, port: SCHEMES[known], implied: true, certain: true }];
}

/** PGHOST → PGPORT, ELASTIC_HOSTNAME → ELASTIC_PORT, --db-host → --db-port, redisHost → redisPort */
function portOf(name: string, beside: readonly Setting[]): Pick<Host, 'port' | 'portWhere'> {
  const other = name.replace(/(HOST|host|Host)(NAME|name)?$/, (_, host) => PORT[host as keyof typeof PORT]);
  const found = beside.find((setting) => setting.name === other);
  const port = /^["']?(\d+)["',]*$/.exec(found?.value.trim() ?? '')?.[1];
  return port ? { port: Number(port), portWhere: found?.where } : {};
}

const PORT = { HOST: 'PORT', host: 'port', Host: 'Port' };
