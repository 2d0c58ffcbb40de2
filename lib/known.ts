import type { SecretKey } from './kubernetes/secret-key';

// What an environment tells its application.

/** What an environment decides about a server. */
export interface ServerLimits {
  /** It listens on this port of every address. */
  readonly port: number;
  /** Processes. */
  readonly workers: number;
  /** Requests that a process answers at once. */
  readonly threads: number;
  /** Seconds after which a request is given up. */
  readonly timeout: number;
  /** Seconds in which it finishes the requests that it has, when it is asked to stop. */
  readonly drain: number;
  /** No other server answers /api/. */
  readonly alone: boolean;
  /** Folder with live.py, where edited code is to be served at once. */
  readonly live?: string;
}

/** What an environment decides about a worker. */
export interface WorkerLimits {
  /** Tasks at once. */
  readonly concurrency: number;
  /** Names of the queues that it takes tasks from. */
  readonly queues: readonly string[];
}

/** What an environment knows when it asks for the variables: once for each role that logs in to the database. */
export interface Known {
  /** The site's own name. */
  readonly host: string;
  /** Names under which the application is asked for; the first is the site's own, others are of this machine and of Services. */
  readonly hosts: readonly [string, ...string[]];
  readonly debug: boolean;
  /** Version of the image where pages may say it, else empty. */
  readonly release: string;
  /** Secrets that are published with the code must be refused. */
  readonly realSecrets: boolean;
  /** Largest request body in bytes. */
  readonly maxBodyBytes: number;
  /** Addresses of proxies before the ingress controller that end TLS. */
  readonly trustedProxies: readonly string[];
  /** Signs sessions. */
  readonly signingKey: SecretKey;
  readonly postgres: Login & { readonly database: string; readonly tls?: DatabaseTls };
  /** Absent where the environment has no search. */
  readonly elasticsearch?: Login & {
    readonly tls: boolean;
    /** Certificate of the authority that signed the server's; absent where everybody trusts that authority. */
    readonly authority?: SecretKey;
  };
  /** The broker of tasks; absent where the environment has none. */
  readonly redis?: Omit<Login, 'user'>;
  /** Absent where the environment has none. Its database is on the same server, and the application's own login may read there. */
  readonly metabase?: Address & { readonly database: Address & { readonly name: string } };
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** How a client makes sure that a database is the right one, in the words of `sslmode`. Absent: it is a pod of ours. */
export interface DatabaseTls {
  readonly mode: 'verify-full' | 'verify-ca';
  /** Certificate of the authority that signed the server's, and where programs find it once a variable names it: PGSSLROOTCERT. */
  readonly authority: SecretKey;
  readonly path: string;
}

/** A server, and the user as whom the application logs in to it. */
export interface Login extends Address {
  readonly user: string;
  readonly password: SecretKey;
}
