/** What the program in a container needs to be given. */
export interface Needs {
  /** Variables without which it does not start, or does something that nobody meant. */
  readonly settings?: readonly string[];
  /** Directories whose contents must outlive the pod: on a persistent volume. */
  readonly kept?: readonly string[];
  /** Directories it writes to: the image itself is read-only. */
  readonly written?: readonly string[];
  /** Directories with the files it reads. */
  readonly read?: readonly string[];
  /** What it needs besides, if a container of this name is in the same pod. */
  readonly beside?: Readonly<Record<string, Needs>>;
  /** What it needs besides, if the pod is given certificates: the connection to Elasticsearch is encrypted then. */
  readonly withCertificates?: Needs;
  /** What it needs besides, if the pod is given keys that are there only while a secret changes. */
  readonly withPassingKeys?: Needs;
  /** Ports it listens on, by its own configuration. */
  readonly listens?: readonly number[];
  /** What must stand in its command; with nothing in the list the image's own command runs. */
  readonly runs?: readonly string[];
  /** One of these init containers has to run before. */
  readonly after?: readonly string[];
  /** The same where secrets are real. */
  readonly afterHosted?: readonly string[];
  /** Directories that an init container fills where something is mounted over the image's own. */
  readonly filled?: Readonly<Record<string, string>>;
  /** What some variables must say, where they are given. */
  readonly told?: Readonly<Record<string, RegExp>>;
  /** The same where secrets are real. */
  readonly toldHosted?: Readonly<Record<string, RegExp>>;
  /** What probes ask: a path, a port, or the beginning of a command. */
  readonly asked?: Readonly<Partial<Record<'startupProbe' | 'readinessProbe' | 'livenessProbe', string>>>;
  /** Requests come to it: told to stop, it goes on for some seconds, until nobody sends it any more. */
  readonly lingers?: true;
  /** It keeps something for a visitor that no other pod has. */
  readonly remembers?: true;
  /** People start it: it never runs by itself. */
  readonly byHand?: boolean;
  /** Below which path people reach it. */
  readonly path?: string;
  /** The user and the group of the image, which is the group of its files as well. */
  readonly user?: number;
}

/** By component and container. */
export type SoftwareNeeds = Readonly<Record<string, Readonly<Record<string, Needs>>>>;

/** Where every container of ours has its secrets. */
export const SECRETS = '/run/secrets/coped';

/** Where code can be edited, an init container copies it out of the image before. */
export const COPY_CODE: Needs = { runs: ['copy-code'], written: ['/code'] };
