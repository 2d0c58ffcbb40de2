import type { HostedEnvironment, LocalEnvironment } from '../lib/environments/environment';
import type { Execute } from './cluster/execute';
import type { Unread } from './configurations';
import type { Terminal } from './terminal';

/** Everything that commands know of what is around them; tests give them another. */
export interface World {
  /** Every environment, as written. To read it may load their files. */
  readonly environments: readonly (LocalEnvironment | HostedEnvironment)[];
  /** Runs programs: kubectl, docker, kind. */
  readonly execute: Execute;
  readonly terminal: Terminal;
  /** Aborted by ctrl-C. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** The folder of this repository. */
  readonly root: string;
  /** The program that opens an address in a browser, if there is one. */
  readonly browser?: string;
  /** Whether anything on this machine listens on a port of the loopback address. */
  readonly listens: (port: number) => Promise<boolean>;
  /** What KUBECONFIG names and kubectl gets nothing from. */
  readonly unreadConfigurations?: () => Unread | undefined;
}
